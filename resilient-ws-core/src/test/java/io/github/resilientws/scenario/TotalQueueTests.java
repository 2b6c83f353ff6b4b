package io.github.resilientws.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.junit.jupiter.api.Test;

import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.test.RecordingWebSocketClient;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The checker sees what it is there for.
 */
class TotalQueueTests {

	private final RecordingWebSocketClient client = new RecordingWebSocketClient("test");

	private final TotalQueue queue = new TotalQueue();

	private final List<Arrival> arrivals = new ArrayList<>();

	private final Set<String> acknowledged = new TreeSet<>();

	@Test
	void acceptsWhatArrivedOnce() {
		sendTwo();
		arrive(1, 1, "main 0");
		arrive(1, 2, "main 1");
		check(1);
	}

	@Test
	void seesAMessageThatIsLost() {
		sendTwo();
		arrive(1, 1, "main 0");
		this.acknowledged.add("2");
		assertSeen("lost", 16);
	}

	@Test
	void seesADeliveryWithoutAcknowledgement() {
		sendTwo();
		arrive(1, 1, "main 0");
		arrive(1, 2, "main 1");
		this.acknowledged.remove("2");
		assertSeen("lost", 16);
	}

	@Test
	void seesAMessageThatWasNotSent() {
		sendTwo();
		arrive(1, 1, "main 0");
		arrive(1, 2, "main 1");
		arrive(1, 3, "main 2");
		assertSeen("never sent", 16);
	}

	@Test
	void seesAFailureThatTheScenarioDoesNotName() {
		this.queue.send(this.client, 1);
		this.client.failSends(Reason.UNDELIVERABLE);
		this.queue.send(this.client, 1);
		arrive(1, 1, "main 0");
		assertSeen("reported as failed", 16);
	}

	@Test
	void seesOtherBytes() {
		sendTwo();
		arrive(1, 1, "main 0");
		arrive(1, 2, "main 2");
		assertSeen("main 1", 16);
	}

	@Test
	void seesMessagesOutOfOrder() {
		sendTwo();
		arrive(1, 2, "main 1");
		arrive(1, 1, "main 0");
		assertSeen("connection 1", 16);
		assertSeen("first arrivals", 1);
	}

	@Test
	void seesACopyTooMany() {
		sendTwo();
		arrive(1, 1, "main 0");
		arrive(1, 2, "main 1");
		arrive(2, 2, "main 1");
		assertSeen("copies of main 1", 16);
	}

	@Test
	void seesAResendBeforeItWasDue() {
		sendTwo();
		arrive(1, 1, "main 0");
		arrive(1, 2, "main 1");
		arrive(1, 2, "main 1");
		assertSeen("time for the resends of main 1", 16);
	}

	private void sendTwo() {
		this.queue.send(this.client, 2);
	}

	private void arrive(int connection, int id, String data) {
		this.arrivals.add(new Arrival(connection, "{\"id\":\"" + id + "\",\"data\":\"" + data + "\"}"));
		this.acknowledged.add(Integer.toString(id));
	}

	private void assertSeen(String what, int window) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> check(window)).withMessageContaining(what);
	}

	private void check(int window) {
		this.queue.check(DeliverySettings.DEFAULTS.atLeastOnce().withWindow(window), this.arrivals, this.acknowledged,
				1);
	}

}
