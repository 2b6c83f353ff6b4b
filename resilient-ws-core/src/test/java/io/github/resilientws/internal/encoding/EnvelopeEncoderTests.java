package io.github.resilientws.internal.encoding;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.InvalidSettingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class EnvelopeEncoderTests {

	@Test
	void holdsDestinationPayloadAndValuesOfTheMessage() {
		Rig rig = rig("{\"id\":{{id}},\"to\":{{destination}},\"room\":{{room}},\"d\":{{payload}}}");
		rig.client.convertAndSend("say \"x\"", Map.of("a", 1));
		rig.client.send(OutboundMessage.empty().withId("2").withDestination("leave").withValue("room", "own"));
		assertThat(rig.connection().sentTexts().get(0))
			.endsWith("\"to\":\"say \\\"x\\\"\",\"room\":\"lobby\",\"d\":{\"a\":1}}");
		assertThat(rig.connection().sentTexts().get(1))
			.isEqualTo("{\"id\":\"2\",\"to\":\"leave\",\"room\":\"own\",\"d\":null}");
	}

	@Test
	void bytesAndMembersAreWrittenWhereTheTemplateSaysSo() {
		Rig rig = rig("{\"id\":{{id}},\"bytes\":\"{{payload:base64}}\"}");
		rig.client.send(OutboundMessage.binary(ByteBuffer.wrap(new byte[] { 1, 2, 3 })).withId("1"));
		assertThat(rig.connection().sentTexts()).containsExactly("{\"id\":\"1\",\"bytes\":\"AQID\"}");
		Rig members = rig("{\"id\":{{id}}{{payload:members}}}");
		members.client.send(OutboundMessage.of(Map.of("a", 1)).withId("1"));
		assertThat(members.connection().sentTexts()).containsExactly("{\"id\":\"1\",\"a\":1}");
	}

	@Test
	void aPayloadThatIsNoObjectHasNoMembers() {
		Rig rig = rig("{\"id\":{{id}}{{payload:members}}}");
		WebSocketDeliveryException failure = Rig.undelivered(rig.client.convertAndSend(List.of(1)));
		assertThat(failure.getReason()).isEqualTo(Reason.REJECTED);
		assertThat(failure).hasMessageContaining("delivery.envelope").hasMessageContaining("needs a JSON object");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aDestinationThatNoTemplateWritesIsRejected(boolean atLeastOnce) {
		Rig rig = new Rig((builder) -> atLeastOnce ? builder.delivery(DeliverySettings::atLeastOnce) : builder);
		WebSocketDeliveryException failure = Rig.undelivered(rig.connect().client.convertAndSend("here", "x"));
		assertThat(failure.getReason()).isEqualTo(Reason.REJECTED);
		assertThat(failure).hasMessageContaining("{{destination}}").hasMessageContaining("delivery.envelope");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{{payload}}", "\"{{payload}}\"", "\"{{payload:base64}}\"", "{{payload:raw}}",
			"1{{payload:members}}", "\"{{payload:base64}}\",{{payload}}" })
	void anUnpairedSurrogateIsRejected(String place) {
		Rig rig = rig("{\"id\":{{id}},\"d\":" + place + "}");
		for (String text : List.of("\ud800", "{\"a\":\"é\udc00\"}")) {
			WebSocketDeliveryException failure = Rig.undelivered(rig.client.send(text));
			assertThat(failure.getReason()).isEqualTo(Reason.REJECTED);
			assertThat(failure).hasMessageContaining("unpaired surrogate");
		}
	}

	@Test
	void aTextIsEscapedFromItsFirstSpecialCharacterOn() {
		Rig rig = rig("{\"id\":{{id}},\"d\":{{payload}}}");
		rig.client.send(OutboundMessage.text("plain?\"é\ud83d\ude00\u2028 \\").withId("1"));
		assertThat(rig.connection().sentTexts())
			.containsExactly("{\"id\":\"1\",\"d\":\"plain?\\\"é\ud83d\ude00\\u2028 \\\\\"}");
	}

	@Test
	void anUnknownNameStopsTheStart() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> rig("{{id}} {{payload}} {{rom}} {{seq|0}}"))
			.withMessage("delivery.envelope = '{{rom}}': unknown name, allowed are destination, id, now, payload, room,"
					+ " uuid");
	}

	private static Rig rig(String envelope) {
		return new Rig((builder) -> builder.value("room", "lobby")
			.delivery((delivery) -> delivery.atLeastOnce().withEnvelope(envelope))).connect();
	}

}
