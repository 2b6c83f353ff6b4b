package io.github.resilientws.autoconfigure.conversation;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.WebSocketListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The examples of {@code ocpp.md}.
 */
class OcppTests extends Conversation {

	private static final String BOOT = "{\"chargePointVendor\":\"A\",\"chargePointModel\":\"X\"}";

	private static final String UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

	@Test
	void bootsAndBeatsWithTheIntervalOfTheServer() {
		startBooted("protocol: ocpp");
		assertThat(server().request().subprotocols()).containsExactly("ocpp1.6");
		assertThat(this.client.isReady()).isTrue();
		// the first at a quarter of the interval
		advance(Duration.ofSeconds(15));
		result(call("Heartbeat", "{}"), "{\"currentTime\":\"2026-01-01T00:00:15Z\"}");
		advance(Duration.ofSeconds(60).minusMillis(1));
		assertSent();
		advance(Duration.ofMillis(1));
		call("Heartbeat", "{}");
		advance(Duration.ofSeconds(30));
		assertThat(this.client.isReady()).isFalse();
	}

	@Test
	void bootsWithVersion201() {
		startPage("ocpp.md", "ocpp2.0.1");
		this.client.connect();
		assertThat(server().request().subprotocols()).containsExactly("ocpp2.0.1");
		accept(call("BootNotification",
				"{\"reason\":\"PowerUp\",\"chargingStation\":{\"vendorName\":\"A\",\"model\":\"X\"}}"));
		assertThat(this.client.isReady()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Pending", "Rejected" })
	void bootsAgainUntilItIsAccepted(String status) {
		startPage("ocpp.md", "protocol: ocpp");
		this.client.connect();
		result(call("BootNotification", BOOT),
				"{\"status\":\"" + status + "\",\"currentTime\":\"2026-01-01T00:00:00Z\",\"interval\":90}");
		advance(Duration.ofSeconds(90).minusMillis(1));
		assertSent();
		assertThat(this.client.getState()).isEqualTo(ConnectionState.ESTABLISHING);
		advance(Duration.ofMillis(1));
		accept(call("BootNotification", BOOT));
		assertThat(this.client.isReady()).isTrue();
	}

	@Test
	void callsAreSentOneAtATime() {
		startBooted("protocol: ocpp");
		CompletableFuture<Status> first = this.client.convertSendAndReceive("DataTransfer", Map.of("vendorId", "A"),
				Status.class);
		CompletableFuture<Status> second = this.client.convertSendAndReceive("Nothing", Map.of(), Status.class);
		String id = call("DataTransfer", "{\"vendorId\":\"A\"}");
		result(id, "{\"status\":\"Accepted\"}");
		assertThat(first).succeedsWithin(LIMIT).isEqualTo(new Status("Accepted"));
		server().text("[4,\"" + call("Nothing", "{}") + "\",\"NotImplemented\",\"Unknown action\",{}]");
		assertThat(refusal(second).getPayload(String.class)).isEqualTo("NotImplemented");
	}

	@Test
	void callsOfTheServerAreAnswered() {
		startBooted("protocol: ocpp", Station.class);
		server().text("[2,\"19223201\",\"Reset\",{\"type\":\"Soft\"}]");
		assertSent("[3,\"19223201\",{\"status\":\"Accepted\"}]");
		server().text("[2,\"19223202\",\"Reset\",{\"type\":\"Never\"}]");
		assertSent("[4,\"19223202\",\"InternalError\",\"the payload cannot be read\",{}]");
		server().text("[2,\"19223203\",\"ClearCache\",{}]");
		assertSent("[4,\"19223203\",\"NotImplemented\",\"\",{}]");
	}

	@Test
	void callIsSentAgainUntilItsResult() {
		startBooted("at-least-once");
		CompletableFuture<Delivery> delivery = this.client.convertAndSend("StopTransaction",
				Map.of("transactionId", 17));
		String call = nextSent(1).get(0);
		server().lose(1006);
		advance(Duration.ofSeconds(1));
		accept(call("BootNotification", BOOT));
		assertSent(call);
		result(idOf(call, "StopTransaction", "{\"transactionId\":17}"), "{}");
		assertThat(delivery).succeedsWithin(LIMIT);
	}

	private void startBooted(String part, Class<?>... sources) {
		startPage("ocpp.md", part, sources);
		this.client.connect();
		accept(call("BootNotification", BOOT));
	}

	private void accept(String id) {
		result(id, "{\"status\":\"Accepted\",\"currentTime\":\"2026-01-01T00:00:00Z\",\"interval\":60}");
	}

	private void result(String id, String payload) {
		server().text("[3,\"" + id + "\"," + payload + "]");
	}

	private String call(String action, String payload) {
		List<String> sent = nextSent(1);
		assertThat(sent).hasSize(1);
		return idOf(sent.get(0), action, payload);
	}

	private static String idOf(String call, String action, String payload) {
		String id = call.split("\"")[1];
		assertThat(id).matches(UUID);
		assertThat(call).isEqualTo("[2,\"" + id + "\",\"" + action + "\"," + payload + "]");
		return id;
	}

	static class Station {

		@WebSocketListener(client = "station", when = "/2 = Reset", payload = "/3")
		Status reset(Reset reset) {
			return new Status("Accepted");
		}

	}

	record Reset(Type type) {

		enum Type {

			Soft, Hard

		}

	}

	record Status(String status) {

	}

}
