package io.github.resilientws.internal.delivery;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Acks;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.DeliverySettings.IdType;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.settings.SessionSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Ids, frames and acknowledgements of messages that are delivered at least once.
 */
class AtLeastOnceTests {

	@Test
	void isDeliveredWhenAcknowledged() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		CompletableFuture<Delivery> future = Acks.send(rig, "a");
		assertThat(rig.connection().sentTexts()).containsExactly("{\"id\":\"a\",\"data\":\"say a\"}");
		assertThat(future).isNotDone();
		rig.advanceMillis(300);
		Acks.ack(rig, "a");
		assertThat(Rig.delivered(future)).isEqualTo(new Delivery("a", 1, Duration.ofMillis(300)));
		Acks.assertEmpty(rig);
		assertThat(rig.received).isEmpty();
	}

	@Test
	void generatedIdIsTheOneInTheEnvelope() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		CompletableFuture<Delivery> future = rig.client.convertAndSend(Map.of("a", 1));
		String frame = rig.connection().sentTexts().get(0);
		assertThat(frame).matches(
				"\\{\"id\":\"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\",\"data\":\\{\"a\":1}}");
		Acks.ack(rig, frame.substring(7, 43));
		assertThat(Rig.delivered(future).id()).isEqualTo(frame.substring(7, 43));
	}

	@Test
	void generatedIdsAreFoundInAnyOrderAndAfterALoss() {
		Rig rig = Acks.rig((delivery) -> delivery.withWindow(3)).connect();
		List<CompletableFuture<Delivery>> futures = Stream.of("0", "1", "2", "3", "4").map(rig.client::send).toList();
		List<String> ids = Acks.ids(rig);
		Acks.ack(rig, ids.get(2));
		assertThat(Rig.delivered(futures.get(2)).id()).isEqualTo(ids.get(2));
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(2));
		List<String> again = Acks.ids(rig);
		Acks.ack(rig, again.get(2), ids.get(2), again.get(1), again.get(0));
		assertThat(again.subList(0, 2)).isEqualTo(ids.subList(0, 2));
		assertThat(Rig.delivered(futures.get(3)).id()).isEqualTo(again.get(2));
		assertThat(Rig.delivered(futures.get(1)).attempts()).isEqualTo(2);
		Acks.ack(rig, Acks.ids(rig).get(3));
		assertThat(Rig.delivered(futures.get(4)).attempts()).isOne();
		Acks.assertEmpty(rig);
	}

	@Test
	void sequenceStartsFromTheClockAndIsANumber() {
		Rig rig = Acks
			.rig((delivery) -> delivery.withEnvelope("[{{id}},{{payload}}]", IdType.SEQUENCE)
				.withAck("", "~^ok (\\d+)$"))
			.connect();
		long first = Rig.START.toEpochMilli() * 1000 + 1;
		List<CompletableFuture<Delivery>> futures = List.of(rig.client.send("x"), rig.client.send("y"));
		assertThat(rig.connection().sentTexts()).containsExactly("[" + first + ",\"x\"]",
				"[" + (first + 1) + ",\"y\"]");
		rig.connection().text("ok " + first);
		assertThat(Rig.delivered(futures.get(0)).id()).isEqualTo(Long.toString(first));
		assertThat(futures.get(1)).isNotDone();
	}

	@Test
	void acknowledgementsMayHaveTheFormOfReplies() {
		Rig rig = Acks.rig((delivery) -> delivery.withAck("/result", "/id").withNack("/error", "/id", "/error"),
				(builder) -> builder.request((request) -> request.withSend("{{id}}")
					.withReply("/result", "/id", "")
					.withError("/error", "", "")))
			.connect();
		List<CompletableFuture<Delivery>> futures = Acks.sendEach(rig, "a", "b");
		rig.connection().text("{\"id\":\"a\",\"result\":1}");
		rig.connection().text("{\"id\":\"b\",\"error\":1}");
		assertThat(Rig.delivered(futures.get(0)).id()).isEqualTo("a");
		assertThat(Rig.failure(futures.get(1))).hasMessageContaining("the server refused it: 1");
	}

	@Test
	void handsOverNoMoreThanTheWindow() {
		Rig rig = Acks.rig((delivery) -> delivery.withWindow(2)).connect();
		Acks.send(rig, "a", "b", "c", "d");
		assertThat(Acks.ids(rig)).containsExactly("a", "b");
		Acks.ack(rig, "b");
		assertThat(Acks.ids(rig)).containsExactly("a", "b", "c");
		assertThat(rig.client.getStatistics().getInFlight()).isEqualTo(2);
	}

	@Test
	void acknowledgementMayOvertakeTheResultOfTheWrite() {
		Rig rig = Acks.rig((delivery) -> delivery);
		rig.transport.script((connection) -> {
			connection.holdWrites();
			connection.open();
		});
		rig.connect();
		CompletableFuture<Delivery> future = Acks.send(rig, "a");
		Acks.ack(rig, "a");
		assertThat(Rig.delivered(future).attempts()).isOne();
		rig.connection().releaseWrites();
		Acks.send(rig, "b");
		assertThat(Acks.ids(rig)).containsExactly("a", "b");
	}

	@Test
	void refusedMessageFailsAndNoOther() {
		Rig rig = Acks.rig((delivery) -> delivery.withNack("/type = nack", "", "/why").withWindow(1)).connect();
		List<CompletableFuture<Delivery>> futures = Acks.sendEach(rig, "a", "b", "c");
		Acks.ack(rig, "a");
		rig.connection().text("{\"type\":\"nack\",\"messageId\":\"b\",\"why\":\"bad\\r\\nline\"}");
		Acks.ack(rig, "c");
		Rig.delivered(futures.get(0));
		WebSocketDeliveryException failure = Rig.undelivered(futures.get(1));
		assertThat(failure.getReason()).isEqualTo(Reason.NEGATIVE);
		assertThat(failure.getAttempts()).isOne();
		assertThat(failure.getMessage()).contains("bad").contains("line").doesNotContain("\n");
		Rig.delivered(futures.get(2));
		assertThat(Acks.ids(rig)).containsExactly("a", "b", "c");
		assertThat(rig.observed("d")).isEmpty();
		assertThat(rig.client.getDeadLetters().list()).isEmpty();
		Acks.assertEmpty(rig);
	}

	@Test
	void placeOfTheIdInARefusalMayDiffer() {
		Rig rig = Acks.rig((delivery) -> delivery.withNack("/type = nack", "/for", "")).connect();
		CompletableFuture<Delivery> future = Acks.send(rig, "a");
		rig.connection().text("{\"type\":\"nack\",\"for\":\"a\"}");
		assertThat(Rig.undelivered(future).getReason()).isEqualTo(Reason.NEGATIVE);
	}

	@Test
	void unknownAndRepeatedAcknowledgementsCostNothing() {
		Rig rig = Acks.rig((delivery) -> delivery.withWindow(1)).connect();
		List<CompletableFuture<Delivery>> futures = Acks.sendEach(rig, "a", "b");
		for (String id : List.of("\"unknown\"", "0", "-1.5", "true", "null", "{}", "[1]", "\"\"")) {
			rig.connection().text("{\"type\":\"ack\",\"messageId\":" + id + "}");
		}
		rig.connection().text("{\"type\":\"ack\"}");
		assertThat(futures).noneMatch(CompletableFuture::isDone);
		Acks.ack(rig, "c", "a", "a", "a", "b", "b");
		assertThat(futures).allSatisfy((future) -> assertThat(Rig.delivered(future).attempts()).isOne());
		assertThat(Acks.ids(rig)).containsExactly("a", "b");
		rig.connection().text("end");
		await().until(() -> rig.received.contains("end"));
		assertThat(rig.received).noneMatch((text) -> text.contains("unknown"));
		Acks.assertEmpty(rig);
	}

	@Test
	void acknowledgementsInAnyOrderCostNoResend() {
		Rig rig = Acks.rig((delivery) -> delivery.withWindow(8)).connect();
		String[] ids = IntStream.range(0, 48).mapToObj(Integer::toString).toArray(String[]::new);
		List<CompletableFuture<Delivery>> futures = Acks.sendEach(rig, ids);
		for (int last = 7; last < ids.length; last += 8) {
			for (int i = last; i > last - 8; i--) {
				Acks.ack(rig, ids[i]);
			}
		}
		assertThat(futures).allSatisfy((future) -> assertThat(Rig.delivered(future).attempts()).isOne());
		assertThat(Acks.ids(rig)).containsExactly(ids);
		Acks.assertEmpty(rig);
	}

	@Test
	void idsCompareByTheirText() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		CompletableFuture<Delivery> future = Acks.send(rig, "5");
		rig.connection().text("{\"messageId\":5,\"type\":\"ack\"}");
		assertThat(Rig.delivered(future).id()).isEqualTo("5");
	}

	@Test
	void generatedIdInAnotherSpellingIsUnknown() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		CompletableFuture<Delivery> future = rig.client.send("a");
		String id = Acks.ids(rig).get(0);
		Stream.of(id.toUpperCase(Locale.ROOT), id.replace('-', '_'))
			.filter((other) -> !other.equals(id))
			.forEach((other) -> Acks.ack(rig, other));
		assertThat(future).isNotDone();
		Acks.ack(rig, id);
		assertThat(Rig.delivered(future).id()).isEqualTo(id);
	}

	@Test
	void acknowledgementOfWhatWasNeverSentIsNone() {
		Rig rig = Acks.rig((delivery) -> delivery.withWindow(1)).connect();
		Acks.send(rig, "a");
		CompletableFuture<Delivery> second = Acks.send(rig, "b");
		Acks.ack(rig, "b");
		assertThat(second).isNotDone();
		Acks.ack(rig, "a");
		assertThat(Acks.ids(rig)).containsExactly("a", "b");
	}

	@Test
	void binaryIsRejectedWithoutAnIdOfItsOwn() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		assertThat(Rig.undelivered(rig.client.send(ByteBuffer.wrap(new byte[] { 1 }))).getReason())
			.isEqualTo(Reason.REJECTED);
	}

	@Test
	void payloadThatBringsItsIdGoesOutVerbatim() {
		Rig rig = Acks.rig((delivery) -> delivery.withId("/1").withAck("/0 = 3", "/1")).connect();
		CompletableFuture<Delivery> text = rig.client.send("[2,\"x\",\"Boot\",{}]");
		CompletableFuture<Delivery> binary = rig.client
			.send(ByteBuffer.wrap("[2,\"y\"]".getBytes(StandardCharsets.UTF_8)));
		assertThat(Rig.undelivered(rig.client.send("[2]")).getReason()).isEqualTo(Reason.REJECTED);
		assertThat(rig.connection().sentTexts()).contains("[2,\"x\",\"Boot\",{}]");
		rig.connection().text("[3,\"x\",{}]");
		rig.connection().text("[3,\"y\",{}]");
		assertThat(Rig.delivered(text).id()).isEqualTo("x");
		assertThat(Rig.delivered(binary).id()).isEqualTo("y");
	}

	@Test
	void dropOldestSparesWhatWasHandedOver() {
		Rig rig = Acks
			.rig((delivery) -> delivery.withWindow(1), (builder) -> builder
				.queue((queue) -> queue.withBounds(2, 0).withOverflow(Overflow.DROP_OLDEST, Duration.ofSeconds(1))))
			.connect();
		CompletableFuture<Delivery> first = Acks.send(rig, "a");
		CompletableFuture<Delivery> second = Acks.send(rig, "b");
		Acks.send(rig, "c");
		assertThat(Rig.undelivered(second).getReason()).isEqualTo(Reason.DROPPED);
		rig.connection().lose(1006);
		CompletableFuture<Delivery> third = Acks.send(rig, "d");
		assertThat(first).isNotDone();
		assertThat(third).isNotDone();
	}

	@Test
	void newestOfAKeyTakesThePlaceOfThoseThatWait() {
		Rig rig = Acks.rig((delivery) -> delivery.withWindow(1)).connect();
		CompletableFuture<Delivery> sent = keyed(rig, "a1", "a");
		List<CompletableFuture<Delivery>> waiting = List.of(keyed(rig, "a2", "a"), keyed(rig, "b1", "b"),
				keyed(rig, "a3", "a"), keyed(rig, "b2", "b"), keyed(rig, "b3", "b"));
		for (int dropped : new int[] { 0, 1, 3 }) {
			assertThat(Rig.undelivered(waiting.get(dropped)).getReason()).isEqualTo(Reason.DROPPED);
		}
		assertThat(sent).isNotDone();
		Acks.ack(rig, "a1", "a3", "b3");
		assertThat(Rig.delivered(sent).id()).isEqualTo("a1");
		assertThat(Rig.delivered(waiting.get(2)).id()).isEqualTo("a3");
		assertThat(Rig.delivered(waiting.get(4)).id()).isEqualTo("b3");
		assertThat(Acks.ids(rig)).containsExactly("a1", "a3", "b3");
	}

	@Test
	void lostMessageIsNotReplacedByANewerOneOfItsKey() {
		Rig rig = Acks.rig((delivery) -> delivery.withWindow(1)).connect();
		CompletableFuture<Delivery> first = keyed(rig, "a1", "a");
		rig.connection().lose(1006);
		CompletableFuture<Delivery> second = keyed(rig, "a2", "a");
		CompletableFuture<Delivery> third = keyed(rig, "a3", "a");
		rig.advance(Duration.ofSeconds(2));
		assertThat(Acks.ids(rig)).containsExactly("a1");
		Acks.ack(rig, "a1", "a3");
		assertThat(Rig.delivered(first).attempts()).isEqualTo(2);
		assertThat(Rig.undelivered(second).getReason()).isEqualTo(Reason.DROPPED);
		assertThat(Rig.delivered(third).attempts()).isOne();
		assertThat(Acks.ids(rig)).containsExactly("a1", "a3");
	}

	@Test
	void newestOfThoseThatComeBackUnsentStays() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		rig.connection().holdWrites();
		CompletableFuture<Delivery> older = rig.client.send(OutboundMessage.text("1").withId("a").withKey("k"));
		CompletableFuture<Delivery> newer = rig.client.send(OutboundMessage.text("2").withId("b").withKey("k"));
		rig.connection().lose(1006);
		assertThat(Rig.undelivered(older).getReason()).isEqualTo(Reason.DROPPED);
		rig.client.reconnect();
		assertThat(Acks.ids(rig)).containsExactly("b");
		Acks.ack(rig, "b");
		assertThat(Rig.delivered(newer).attempts()).isOne();
	}

	@Test
	void idIsFreeAgainAfterTheEnd() {
		Rig rig = Acks.rig((delivery) -> delivery).connect();
		Acks.send(rig, "a");
		assertThat(Rig.undelivered(Acks.send(rig, "a")).getReason()).isEqualTo(Reason.REJECTED);
		Acks.ack(rig, "a");
		CompletableFuture<Delivery> again = Acks.send(rig, "a");
		Acks.ack(rig, "a");
		assertThat(Rig.delivered(again).attempts()).isOne();
	}

	@Test
	void idThatIsNotOursMayBeThatOfASessionStep() {
		Rig rig = Acks.rig((delivery) -> delivery.withAck("", "/id"),
				(builder) -> builder.session((session) -> new SessionSettings(session.timeout(),
						List.of(new SessionSettings.Step("{\"id\":1}", "/id = 1", List.of())),
						List.of(new SessionSettings.AutoReply("/method = ping", "pong")))));
		rig.client.connect();
		rig.connection().text("{\"id\":1,\"result\":true}");
		assertThat(rig.client.isReady()).isTrue();
		rig.connection().text("{\"id\":9,\"method\":\"ping\"}");
		assertThat(rig.connection().sentTexts()).contains("pong");
		rig.connection().text("{\"id\":10}");
		assertThat(rig.received).isEmpty();
	}

	private static CompletableFuture<Delivery> keyed(Rig rig, String id, String key) {
		return rig.client.send(OutboundMessage.text("say " + id).withId(id).withKey(key));
	}

}
