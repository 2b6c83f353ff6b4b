package io.github.resilientws.internal.framing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DeadLetter;
import io.github.resilientws.Delivery;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient.Builder;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.WebSocketSubscription;
import io.github.resilientws.internal.Acks;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.listener.QuestionListener;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.protocol.WebSocketFrameCodec;
import io.github.resilientws.protocol.WebSocketFrameCodecFactory;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.InboundRequestSettings;
import io.github.resilientws.settings.SessionSettings.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Messages that a codec encodes, and some that it cannot encode.
 */
class FramedDeliveryTests {

	private static final WebSocketFrameCodecFactory CODEC = (client) -> new Quoting();

	@Test
	void messagesAreResentThroughTheCodecUntilTheyAreAcknowledged() {
		Rig rig = Acks.rig(UnaryOperator.identity(),
				(builder) -> builder.component(WebSocketFrameCodecFactory.class, CODEC)
					.framing((framing) -> framing.withDelimiter("\n")));
		rig.connect();
		List<CompletableFuture<Delivery>> futures = Acks.sendEach(rig, "1", "2");
		assertThat(rig.connection().sentTexts()).containsExactly("<{\"id\":\"1\",\"data\":\"say 1\"}>\n",
				"<{\"id\":\"2\",\"data\":\"say 2\"}>\n");
		rig.connection().text("<{\"type\":\"ack\",\"messageId\":\"1\"}>\n");
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.connection().sentTexts()).containsExactly("<{\"id\":\"2\",\"data\":\"say 2\"}>\n");
		rig.connection().text("<{\"type\":\"ack\",\"messageId\":\"2\"}>\n");
		futures.forEach(Rig::delivered);
		Acks.assertEmpty(rig);
	}

	@Test
	void lateAcknowledgementsInOneFrameAreProcessed() {
		Rig rig = Acks.rig(UnaryOperator.identity(),
				(builder) -> builder.framing((framing) -> framing.withDelimiter("\n")));
		rig.connect();
		List<CompletableFuture<Delivery>> futures = Acks.sendEach(rig, "1", "2");
		rig.connection().ignoreClose();
		rig.client.reconnect();
		rig.connection(1).text("{\"type\":\"ack\",\"messageId\":\"1\"}\n{\"type\":\"ack\",\"messageId\":\"2\"}\n");
		futures.forEach(Rig::delivered);
		Acks.assertEmpty(rig);
	}

	@Test
	void aMessageThatCannotBeEncodedFailsAlone() {
		Rig rig = quoting((builder) -> builder);
		List<CompletableFuture<Delivery>> futures = List.of(rig.client.send("1"), rig.client.send("bad"),
				rig.client.send("2"));
		rig.connect();
		assertThat(rig.connection().sentTexts()).containsExactly("<1>", "<2>");
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		assertRefused(futures.get(1));
		Rig.delivered(futures.get(0));
		Rig.delivered(futures.get(2));
		assertThat(rig.client.getStatistics().getMessagesSent()).isEqualTo(2);
		Acks.assertEmpty(rig);
	}

	@Test
	void aBatchThatIsRefusedAsAWholeLeavesNothingBehind() {
		Rig rig = quoting((builder) -> builder);
		rig.connect();
		assertRefused(rig.client.send("bad"));
		Acks.assertEmpty(rig);
		Rig.delivered(rig.client.send("1"));
		assertThat(rig.connection().sentTexts()).containsExactly("<1>");
	}

	@Test
	void atLeastOnceANewMessageThatCannotBeEncodedFailsAloneToo() {
		Rig rig = Acks.rig(UnaryOperator.identity(),
				(builder) -> builder.component(WebSocketFrameCodecFactory.class, CODEC));
		rig.connect();
		CompletableFuture<Delivery> bad = rig.client.send(OutboundMessage.text("bad").withId("1"));
		CompletableFuture<Delivery> good = rig.client.send(OutboundMessage.text("good").withId("2"));
		assertRefused(bad);
		assertThat(rig.client.getDeadLetters().list()).isEmpty();
		rig.connection().text("<{\"type\":\"ack\",\"messageId\":\"2\"}>");
		Rig.delivered(good);
		Acks.assertEmpty(rig);
	}

	@Test
	void aMessageThatWasSentBeforeAndCannotBeEncodedIsADeadLetter() {
		AtomicBoolean broken = new AtomicBoolean();
		Rig rig = Acks.rig(UnaryOperator.identity(), (builder) -> builder.component(WebSocketFrameCodecFactory.class,
				(client) -> broken.get() ? new Quoting() : new Plain()));
		rig.connect();
		CompletableFuture<Delivery> bad = rig.client.send(OutboundMessage.text("bad").withId("1"));
		broken.set(true);
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(Rig.undelivered(bad).getReason()).isEqualTo(Reason.UNDELIVERABLE);
		assertThat(rig.client.getDeadLetters().list()).singleElement().satisfies((letter) -> {
			assertThat(letter.cause()).isEqualTo(DeadLetter.Cause.NOT_ENCODED);
			assertThat(letter.attempts()).isEqualTo(1);
		});
	}

	@Test
	void aRequestThatCannotBeEncodedTakesNoRoom() {
		Rig rig = quoting((builder) -> builder.request((request) -> request.withSend("{{id}} {{destination:raw}}")
			.withReply("", "/id", "/result")
			.withWindow(1)));
		rig.connect();
		CompletableFuture<Void> bad = rig.client.convertSendAndReceive("bad", null, Void.class);
		CompletableFuture<Void> good = rig.client.convertSendAndReceive("good", null, Void.class);
		assertThat(rig.connection().sentTexts()).containsExactly("<2 good>");
		assertRefused(bad);
		rig.connection().text("<{\"id\":2}>");
		assertThat(good).succeedsWithin(Duration.ofSeconds(5));
		await().untilAsserted(() -> assertThat(rig.client.getStatistics().getPendingRequests()).isZero());
	}

	@Test
	void aSubscriptionThatCannotBeEncodedIsRefused() {
		Rig rig = quoting((builder) -> builder.subscription(
				(subscription) -> subscription.withSend("{{destination:raw}}").withCancel("bad {{destination:raw}}")));
		rig.connect();
		WebSocketSubscription bad = rig.client.subscribe("bad", (message) -> {
		});
		WebSocketSubscription good = rig.client.subscribe("good", (message) -> {
		});
		assertRefused(bad.active());
		good.close();
		Rig.delivered(rig.client.send("1"));
		assertThat(rig.connection().sentTexts()).containsExactly("<good>", "<1>");
		assertThat(rig.observed("subscription")).hasSize(1);
	}

	@Test
	void anAnswerThatCannotBeEncodedIsAFailureOfItsListener() {
		QuestionListener listener = new QuestionListener() {

			@Override
			public boolean onQuestion(InboundMessage question, ParsedMessage parsed,
					Consumer<@Nullable Object> answer) {
				answer.accept("bad");
				return true;
			}

			@Override
			public void onMessage(InboundMessage message) {
			}

			@Override
			public void onMessage(InboundMessage message, @Nullable ParsedMessage parsed) {
			}

		};
		Rig rig = quoting((builder) -> builder.inbound((inbound) -> inbound.withRequest(
				InboundRequestSettings.DEFAULTS.withWhen("/ask").withReply("{{payload}}").withError("error"))));
		rig.client.addListener(listener);
		rig.connect();
		rig.connection().text("<{\"ask\":1}>");
		await().untilAsserted(() -> assertThat(rig.connection().sentTexts()).containsExactly("<error>"));
	}

	@Test
	void sessionStepThatCannotBeEncodedEndsTheAttempt() {
		assertClosed(quoting((builder) -> builder
			.session((session) -> session.withSteps(List.of(new Step("bad", "/ok", List.of()))))));
	}

	@Test
	void heartbeatThatCannotBeEncodedEndsTheConnection() {
		Rig rig = quoting((builder) -> builder.heartbeat(
				(heartbeat) -> heartbeat.withMode(HeartbeatSettings.Mode.TEXT).withSend("bad").withAwait("pong")));
		rig.client.connect();
		rig.advance(Duration.ofSeconds(60));
		assertClosed(rig);
	}

	private static Rig quoting(UnaryOperator<Builder> settings) {
		Rig rig = new Rig((builder) -> settings.apply(builder.component(WebSocketFrameCodecFactory.class, CODEC)));
		rig.transport.autoOpen();
		return rig;
	}

	private static void assertRefused(CompletableFuture<?> future) {
		WebSocketDeliveryException failure = (WebSocketDeliveryException) Rig.failure(future);
		assertThat(failure.getReason()).isEqualTo(Reason.REJECTED);
		assertThat(failure.getAttempts()).isZero();
		assertThat(failure).hasMessageContaining("the codec cannot encode it: java.lang.IllegalStateException at ")
			.hasCause(new IllegalStateException("test"));
		assertThat(failure.getMessage()).doesNotContain("test");
	}

	private static void assertClosed(Rig rig) {
		if (rig.state() == ConnectionState.IDLE) {
			rig.client.connect();
		}
		assertThat(rig.connection(1).closeCode()).isEqualTo(1007);
		assertThat(rig.client.getStatus().lastCause())
			.isEqualTo(new DisconnectCause.Closed(1007, "the codec cannot encode a message", false));
	}

	/**
	 * Puts angle brackets around messages, but not around bad ones.
	 */
	private static final class Quoting implements WebSocketFrameCodec {

		@Override
		public List<String> decode(String text) {
			return List.of(text.substring(1, text.length() - 1));
		}

		@Override
		public String encode(String text) {
			if (text.contains("bad")) {
				throw new IllegalStateException("test");
			}
			return "<" + text + ">";
		}

	}

	/**
	 * Puts angle brackets around all messages.
	 */
	private static final class Plain implements WebSocketFrameCodec {

		@Override
		public List<String> decode(String text) {
			return List.of(text.substring(1, text.length() - 1));
		}

		@Override
		public String encode(String text) {
			return "<" + text + ">";
		}

	}

}
