package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.WebSocketSubscription;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example of {@code phoenix.md}, with the messages of Phoenix' serializer 2.0.0.
 */
class PhoenixTests extends Conversation {

	private static final String JOINED = "[\"%1$d\",\"%1$d\",\"room:lobby\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]";

	private static final String JOIN = "[\"%1$d\",\"%1$d\",\"room:lobby\",\"phx_join\",{}]";

	@Test
	void joinsOnEachConnectionAndLeaves() {
		startConnected();
		WebSocketSubscription lobby = subscribe();
		assertThat(lobby.isActive()).isFalse();
		server().text(JOINED.formatted(1));
		assertThat(lobby.isActive()).isTrue();
		server().text("[null,null,\"room:lobby\",\"new_msg\",{\"body\":\"hi\"}]");
		assertReceived("[null,null,\"room:lobby\",\"new_msg\",{\"body\":\"hi\"}]");
		server().lose(1006);
		advance(Duration.ofSeconds(1));
		assertSent(JOIN.formatted(1));
		server().text(JOINED.formatted(1));
		assertThat(lobby.isActive()).isTrue();
		lobby.close();
		assertSent("[\"1\",\"2\",\"room:lobby\",\"phx_leave\",{}]");
	}

	@Test
	void eventsOfATopicGoToTheirMethods() {
		startConnected(Lobby.class);
		assertSent(JOIN.formatted(1));
		server().text(JOINED.formatted(1));
		server().text("[\"1\",null,\"room:lobby\",\"presence_state\",{}]");
		server().text("[null,null,\"room:lobby\",\"new_msg\",{\"body\":\"hi\"}]");
		eventually(() -> assertThat(bean(Lobby.class).lines).containsExactly(new Line("hi")));
	}

	@Test
	void pushIsAnsweredByItsReply() {
		startConnected();
		subscribe();
		server().text(JOINED.formatted(1));
		CompletableFuture<InboundMessage> accepted = push("hi");
		CompletableFuture<InboundMessage> refused = push("");
		assertSent("[\"1\",\"2\",\"room:lobby\",\"new_msg\",{\"body\":\"hi\"}]",
				"[\"1\",\"3\",\"room:lobby\",\"new_msg\",{\"body\":\"\"}]");
		server().text("[\"1\",\"2\",\"room:lobby\",\"phx_reply\",{\"status\":\"ok\",\"response\":{\"id\":7}}]");
		server().text(
				"[\"1\",\"3\",\"room:lobby\",\"phx_reply\",{\"status\":\"error\",\"response\":{\"reason\":\"empty\"}}]");
		assertThat(accepted).succeedsWithin(LIMIT);
		assertThat(refusal(refused).getPayload(Reason.class)).isEqualTo(new Reason("empty"));
	}

	@Test
	void pushToATopicThatIsNotJoinedIsRejected() {
		startConnected();
		assertThat(push("hi")).failsWithin(LIMIT).withThrowableThat().withMessageContaining("{{subscription}}");
		assertSent();
	}

	@Test
	void refusedJoinEndsTheSubscription() {
		startConnected();
		WebSocketSubscription lobby = subscribe();
		server().text(
				"[\"1\",\"1\",\"room:lobby\",\"phx_reply\",{\"status\":\"error\",\"response\":{\"reason\":\"unauthorized\"}}]");
		assertThat(refusal(lobby.active()).getPayload(Reason.class)).isEqualTo(new Reason("unauthorized"));
	}

	@Test
	void joinsAgainAfterAnErrorOfTheChannel() {
		startConnected();
		WebSocketSubscription lobby = subscribe();
		server().text(JOINED.formatted(1));
		server().text("[\"1\",\"1\",\"room:lobby\",\"phx_error\",{}]");
		assertThat(lobby.isActive()).isFalse();
		advance(Duration.ofSeconds(1));
		assertSent(JOIN.formatted(2));
		server().text(JOINED.formatted(2));
		assertThat(lobby.isActive()).isTrue();
		push("hi");
		assertSent("[\"2\",\"3\",\"room:lobby\",\"new_msg\",{\"body\":\"hi\"}]");
		server().text("[\"2\",\"2\",\"room:lobby\",\"phx_close\",{}]");
		assertThat(lobby.isActive()).isFalse();
	}

	@Test
	void heartbeatIsAnswered() {
		startConnected();
		advance(Duration.ofSeconds(30));
		assertSent("[null,\"1\",\"phoenix\",\"heartbeat\",{}]");
		server().text("[null,\"1\",\"phoenix\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]");
		advance(Duration.ofSeconds(30));
		assertSent("[null,\"2\",\"phoenix\",\"heartbeat\",{}]");
		advance(Duration.ofSeconds(10));
		assertThat(this.client.isReady()).isFalse();
	}

	private void startConnected(Class<?>... sources) {
		property("CHAT_TOKEN", "s3cret");
		startPage("phoenix.md", "protocol: phoenix", sources);
		this.client.connect();
		assertThat(server().request().url()).hasQuery("vsn=2.0.0&token=s3cret");
	}

	private WebSocketSubscription subscribe() {
		WebSocketSubscription lobby = this.client.subscribe("room:lobby",
				(message) -> this.received.add(message.text()));
		assertSent(JOIN.formatted(1));
		return lobby;
	}

	private CompletableFuture<InboundMessage> push(String body) {
		return this.client.sendAndReceive(
				OutboundMessage.of(Map.of("body", body)).withDestination("room:lobby").withValue("event", "new_msg"));
	}

	static class Lobby {

		private final List<Line> lines = new CopyOnWriteArrayList<>();

		@WebSocketListener(client = "chat", subscribe = "room:lobby", when = "/3 = new_msg", payload = "/4")
		void line(Line line) {
			this.lines.add(line);
		}

	}

	record Line(String body) {

	}

	record Reason(String reason) {

	}

}
