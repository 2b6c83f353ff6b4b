package io.github.resilientws.sample.chat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.event.WebSocketReadyEvent;
import io.github.resilientws.sample.chat.ChatLine.Status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class ChatTests {

	private final ResilientWebSocketClient client = mock();

	private final List<Object> changes = new ArrayList<>();

	private final ChatHistory history = new ChatHistory(this.changes::add);

	private final List<CompletableFuture<Delivery>> sent = new ArrayList<>();

	private final Chat chat = new Chat(this.client, this.history, Clock.systemUTC());

	@BeforeEach
	void recordSends() {
		given(this.client.convertAndSend(any(Object.class), any(UnaryOperator.class))).willAnswer((call) -> {
			UnaryOperator<OutboundMessage> options = call.getArgument(1);
			assertThat(options.apply(OutboundMessage.of(call.getArgument(0))).getId()).isNotBlank();
			CompletableFuture<Delivery> delivery = new CompletableFuture<>();
			this.sent.add(delivery);
			return delivery;
		});
	}

	private ChatLine only() {
		assertThat(this.history.lines()).hasSize(1);
		return this.history.lines().get(0);
	}

	private void delivered(int index) {
		this.sent.get(index).complete(new Delivery("id", 1, Duration.ZERO));
	}

	private void receive(ChatLine line) {
		this.chat.received(new ChatMessage("message", "lobby", line.from(), line.text(), line.id()));
	}

	@Test
	void lineWaitsThenIsSentThenArrives() {
		ChatLine line = this.chat.say("hi");
		assertThat(only().status()).isEqualTo(Status.WAITING);
		delivered(0);
		assertThat(only().status()).isEqualTo(Status.SENT);
		receive(line);
		assertThat(only().status()).isEqualTo(Status.ARRIVED);
		assertThat(this.changes).extracting((change) -> ((ChatLineChanged) change).line().status())
			.containsExactly(Status.WAITING, Status.SENT, Status.ARRIVED);
	}

	@Test
	void whenEchoComesBeforeTheFutureThenStaysArrived() {
		receive(this.chat.say("hi"));
		delivered(0);
		assertThat(only().status()).isEqualTo(Status.ARRIVED);
	}

	@Test
	void whenReadyAgainThenSendsLinesThatDidNotComeBack() {
		ChatLine arrived = this.chat.say("arrived");
		delivered(0);
		receive(arrived);
		this.chat.say("lost");
		delivered(1);
		this.chat.say("refused");
		this.sent.get(2)
			.completeExceptionally(
					new WebSocketDeliveryException("id", 0, WebSocketDeliveryException.Reason.CLOSED, ""));
		this.chat.say("still waiting");
		this.chat.ready(new WebSocketReadyEvent("chat", Duration.ZERO));
		assertThat(this.history.lines()).extracting(ChatLine::sends).containsExactly(1, 2, 2, 1);
		assertThat(this.sent).hasSize(6);
	}

	@Test
	void lineOfAnotherAuthorIsShownOnce() {
		ChatMessage message = new ChatMessage("message", "lobby", "ada", "hello", "7");
		this.chat.received(message);
		this.chat.received(message);
		assertThat(only().from()).isEqualTo("ada");
		assertThat(only().sends()).isZero();
	}

	@Test
	void historyKeepsTheLast500() {
		for (int i = 0; i < 510; i++) {
			this.chat.say("line " + i);
		}
		assertThat(this.history.lines()).hasSize(500).first().extracting(ChatLine::text).isEqualTo("line 10");
	}

}
