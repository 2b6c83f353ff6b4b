package io.github.resilientws.scenario;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.DisconnectCause.HeartbeatLost;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketDisconnectedEvent;
import io.github.resilientws.transport.Relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The delivery scenarios against the server of the test kit, and those that take longer.
 */
class DeliveryTests extends DeliveryContractTests {

	/** Where a stalled machine must not end an attempt. */
	private static final Duration PATIENT = Duration.ofSeconds(2);

	private static final Duration BEAT_TIMEOUT = Duration.ofSeconds(2);

	@Override
	Server start() {
		return new TestKitServer();
	}

	@ParameterizedTest
	@CsvSource({ "1, 3", "16, 48" })
	void firstTwoAcknowledgementsOfEachMessageAreLost(int window, int messages) throws Exception {
		this.server.acknowledge(AckPlan.droppingFirst(2));
		ResilientWebSocketClient client = connect((settings) -> settings.withWindow(window));

		this.queue.send(client, messages);

		assertNothingLost(client);
		assertThat(this.server.textCount()).isGreaterThanOrEqualTo(3 * messages);
	}

	@Test
	void pathThatSwallowsEverythingIsFoundAndCountsNoAttempts() throws Exception {
		Relay path = this.scenario.use(new Relay(this.server.url().getPort()));
		ResilientWebSocketClient client = connect(path.url(),
				(settings) -> settings.withAckTimeout(PATIENT).withMaxAttempts(1), BEAT_TIMEOUT);
		this.queue.send(client, 10);
		this.queue.awaitNoneOpen(LIMIT);
		path.becomeBlackHole();
		this.queue.send(client, 100);

		await().atMost(PATIENT.plus(BEAT_TIMEOUT).plus(Scenario.SLACK))
			.until(() -> this.scenario.events().has(WebSocketDisconnectedEvent.class));

		assertThat(this.scenario.events().disconnects()).hasOnlyElementsOfType(HeartbeatLost.class);
		assertNothingLost(client);
	}

	@Test
	void pathThatSwallowsEverythingInMidStreamIsFoundAndNothingIsGivenUp() throws Exception {
		Relay path = this.scenario.use(new Relay(this.server.url().getPort()));
		// the first time-out may count: something was read after the write
		ResilientWebSocketClient client = connect(path.url(),
				(settings) -> settings.withAckTimeout(PATIENT).withMaxAttempts(2), BEAT_TIMEOUT);
		this.queue.send(client, 500);
		await().atMost(LIMIT).until(() -> this.queue.delivered() > 10);
		path.becomeBlackHole();
		this.queue.send(client, 500);

		await().atMost(PATIENT.multipliedBy(2).plus(BEAT_TIMEOUT).plus(Scenario.SLACK))
			.until(() -> this.scenario.events().has(WebSocketDisconnectedEvent.class));

		assertThat(List.copyOf(this.scenario.events().disconnects())).first().isInstanceOf(HeartbeatLost.class);
		assertNothingLost(client);
	}

}
