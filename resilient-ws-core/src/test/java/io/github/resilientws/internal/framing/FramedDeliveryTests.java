package io.github.resilientws.internal.framing;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Acks;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.protocol.WebSocketFrameCodec;
import io.github.resilientws.protocol.WebSocketFrameCodecFactory;
import io.github.resilientws.settings.SessionSettings.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Messages that a codec encodes, and one that it cannot encode.
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
	void messageThatCannotBeEncodedFailsAndTheOthersAreSent() {
		Rig rig = new Rig((builder) -> builder.component(WebSocketFrameCodecFactory.class, CODEC));
		rig.transport.autoOpen();
		List<CompletableFuture<Delivery>> futures = List.of(rig.client.send("1"), rig.client.send("2"),
				rig.client.send("bad"), rig.client.send("3"));
		rig.client.connect();
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
		assertThat(rig.connection().sentTexts()).containsExactly("<1>", "<2>");
		assertThat(rig.connection().closeCode()).isEqualTo(1007);
		assertThat(rig.client.getStatus().lastCause())
			.isEqualTo(new DisconnectCause.Closed(1007, "the codec cannot encode a message", false));
		assertThat(Rig.undelivered(futures.get(2)).getReason()).isEqualTo(Reason.UNDELIVERABLE);
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.connection().sentTexts()).containsExactly("<3>");
		Rig.delivered(futures.get(0));
		Rig.delivered(futures.get(1));
		Rig.delivered(futures.get(3));
		await().untilAsserted(() -> assertThat(rig.client.getStatistics().getQueueSize()).isZero());
	}

	@Test
	void resultOfARefusedMessageFollowsThoseOfEarlierWrites() {
		Rig rig = new Rig((builder) -> builder.component(WebSocketFrameCodecFactory.class, CODEC));
		rig.transport.autoOpen();
		rig.connect();
		rig.connection().holdWrites();
		CompletableFuture<Delivery> first = rig.client.send("1");
		CompletableFuture<Delivery> bad = rig.client.send("bad");
		CompletableFuture<Delivery> last = rig.client.send("2");
		assertThat(bad).isNotDone();
		rig.connection().releaseWrites();
		Rig.delivered(first);
		assertThat(Rig.undelivered(bad).getReason()).isEqualTo(Reason.UNDELIVERABLE);
		rig.advance(Duration.ofSeconds(1));
		Rig.delivered(last);
		assertThat(rig.connection(1).sentTexts()).containsExactly("<1>");
		assertThat(rig.connection(2).sentTexts()).containsExactly("<2>");
	}

	@Test
	void messageThatNeverCanBeEncodedBecomesADeadLetter() {
		Rig rig = Acks.rig(UnaryOperator.identity(),
				(builder) -> builder.component(WebSocketFrameCodecFactory.class, CODEC));
		CompletableFuture<Delivery> bad = rig.client.send(OutboundMessage.text("bad").withId("1"));
		CompletableFuture<Delivery> good = rig.client.send(OutboundMessage.text("good").withId("2"));
		rig.client.connect();
		for (int i = 0; i < 20 && !rig.client.isReady(); i++) {
			rig.advance(Duration.ofSeconds(30));
		}
		assertThat(Rig.undelivered(bad).getReason()).isEqualTo(Reason.UNDELIVERABLE);
		assertThat(rig.client.getDeadLetters().list()).hasSize(1);
		assertThat(rig.connection().sentTexts()).containsExactly("<{\"id\":\"2\",\"data\":\"good\"}>");
		rig.connection().text("<{\"type\":\"ack\",\"messageId\":\"2\"}>");
		Rig.delivered(good);
	}

	@Test
	void sessionStepThatCannotBeEncodedEndsTheAttempt() {
		Rig rig = new Rig((builder) -> builder.component(WebSocketFrameCodecFactory.class, CODEC)
			.session((session) -> session.withSteps(List.of(new Step("bad", "/ok", List.of())))));
		rig.transport.autoOpen();
		rig.client.connect();
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
		assertThat(rig.connection().closeCode()).isEqualTo(1007);
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

}
