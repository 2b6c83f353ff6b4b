package io.github.resilientws.autoconfigure.interop;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.resilientws.WebSocketListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * npm {@code ocpp-rpc} with strict schemas, which sends an interval of one second.
 */
abstract class OcppContractTests extends ProtocolContractTests {

	OcppContractTests(String version, String boot) {
		super("ocpp", """
				peer:
				  protocol: ocpp
				  url: ws://127.0.0.1:${port}/station-1
				  subprotocols: %s
				  values: { boot: '%s' }
				  heartbeat: { timeout: 800ms }
				""".formatted(version, boot), Station.class);
	}

	@Override
	void request() throws Exception {
		Status status = call("DataTransfer", Map.of("vendorId", "a"), Status.class);
		assertThat(status.status()).isEqualTo("Accepted");
		OffsetDateTime now = OffsetDateTime.parse(call("Heartbeat", Map.of(), Heartbeat.class).currentTime());
		assertThat(now).isCloseTo(OffsetDateTime.now(), within(Duration.ofMinutes(1)));
	}

	@Test
	void refusedRequestFailsWithTheWordsOfTheServer() {
		assertThat(refusal("Nothing", Map.of(), String.class)).isEqualTo("NotImplemented");
	}

	@Test
	void questionOfTheServerIsAnswered() throws Exception {
		call("DataTransfer", Map.of("vendorId", "reset"), Status.class);
		await().atMost(LIMIT)
			.until(() -> "Accepted".equals(call("DataTransfer", Map.of("vendorId", "a"), Status.class).data()));
	}

	static class Station {

		@WebSocketListener(client = "peer", when = "/2 = Reset", payload = "/3")
		Map<String, String> reset(Reset reset) {
			boolean known = List.of("Soft", "Immediate").contains(reset.type());
			return Map.of("status", known ? "Accepted" : "Rejected");
		}

	}

	record Reset(String type) {

	}

	record Status(String status, String data) {

	}

	record Heartbeat(String currentTime) {

	}

}
