package io.github.resilientws.internal.request;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.SessionSettings.Capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Which value of a name goes before which in the text of a message.
 */
class TemplateValuesTests {

	@Test
	void valuesOfTheTemplateThenOfTheMessageThenOfTheCustomizerThenCapturedThenConfigured() {
		Rig rig = new Rig((builder) -> builder.value("a", "configured")
			.value("b", "configured")
			.value("c", "configured")
			.session((session) -> session.withCaptures(Map.of("d", new Capture("/d", ""), "e", new Capture("/e", ""))))
			.handshakeCustomizer((handshake) -> {
				handshake.setValue("a", "customizer");
				handshake.setValue("b", "customizer");
				handshake.setValue("d", "customizer");
			})
			.request((request) -> request.withSend("{{id}} {{destination}} {{payload}} {{a}} {{b}} {{c}} {{d}} {{e}}")
				.withReply("", "/id", "")));
		rig.client.connect();
		await().until(rig.client::isReady);
		rig.connection().text("{\"d\":\"captured\",\"e\":\"captured\"}");
		rig.client.sendAndReceive(OutboundMessage.of("p").withDestination("x").withValue("a", "message"));
		assertThat(rig.connection().sentTexts()).containsExactly(
				"1 \"x\" \"p\" \"message\" \"customizer\"" + " \"configured\" \"customizer\" \"captured\"");
	}

	@Test
	void aValueThatCannotBeComputedRejectsItsMessageAndNoOther() {
		AtomicBoolean broken = new AtomicBoolean(true);
		Rig rig = new Rig(
				(builder) -> builder.handshakeCustomizer((handshake) -> handshake.setValue("signature", (values) -> {
					if (broken.get()) {
						throw new NoClassDefFoundError("Mac");
					}
					return "s";
				})).delivery((delivery) -> delivery.withEnvelope("{{signature:raw}} {{payload:raw}}")));
		rig.client.connect();
		await().until(rig.client::isReady);
		CompletableFuture<Delivery> rejected = rig.client.send("a");
		assertThat(Rig.undelivered(rejected).getReason()).isEqualTo(Reason.REJECTED);
		broken.set(false);
		assertThat(rig.client.send("b")).succeedsWithin(Duration.ofSeconds(5));
		assertThat(rig.attempts()).isOne();
	}

}
