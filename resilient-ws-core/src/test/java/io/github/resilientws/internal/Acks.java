package io.github.resilientws.internal;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient.Builder;
import io.github.resilientws.settings.DeliverySettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client that is delivered to at least once, and the server that acknowledges.
 */
public final class Acks {

	private Acks() {
	}

	public static Rig rig(UnaryOperator<DeliverySettings> delivery) {
		return rig(delivery, (builder) -> builder);
	}

	public static Rig rig(UnaryOperator<DeliverySettings> delivery, UnaryOperator<Builder> settings) {
		Rig rig = new Rig(
				(builder) -> settings.apply(builder).delivery((defaults) -> delivery.apply(defaults.atLeastOnce())));
		rig.transport.autoOpen();
		return rig;
	}

	/** Send messages. @return the future of the last one. */
	public static CompletableFuture<Delivery> send(Rig rig, String... ids) {
		return sendEach(rig, ids).get(ids.length - 1);
	}

	/** Send messages. @return their futures. */
	public static List<CompletableFuture<Delivery>> sendEach(Rig rig, String... ids) {
		return Stream.of(ids).map((id) -> rig.client.send(OutboundMessage.text("say " + id).withId(id))).toList();
	}

	public static void ack(Rig rig, String... ids) {
		for (String id : ids) {
			rig.connection().text("{\"type\":\"ack\",\"messageId\":\"" + id + "\"}");
		}
	}

	/** Something arrives, so the peer counts as alive. */
	public static void alive(Rig rig) {
		rig.connection().bytes();
	}

	public static List<String> ids(Rig rig) {
		return rig.connection()
			.sentTexts()
			.stream()
			.map((text) -> text.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1"))
			.toList();
	}

	public static void assertEmpty(Rig rig) {
		assertThat(rig.client.getStatistics().getInFlight()).isZero();
		await().untilAsserted(() -> assertThat(rig.client.getStatistics().getQueueSize()).isZero());
		assertThat(rig.client.getStatistics().getQueueBytes()).isZero();
	}

}
