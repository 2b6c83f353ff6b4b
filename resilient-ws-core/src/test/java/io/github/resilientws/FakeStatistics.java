package io.github.resilientws;

import java.time.Duration;

import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Figures that a test sets.
 */
public class FakeStatistics implements ClientStatistics {

	/** Each figure is this number, or as many seconds. */
	public int value;

	@Override
	public long getMessagesSent() {
		return this.value;
	}

	@Override
	public long getMessagesResent() {
		return this.value;
	}

	@Override
	public int getDeadLetterCount() {
		return (int) this.value;
	}

	@Override
	public long getMessagesReceived() {
		return this.value;
	}

	@Override
	public long getMessagesDropped(Reason reason) {
		return this.value + reason.ordinal();
	}

	@Override
	public int getQueueSize() {
		return this.value;
	}

	@Override
	public long getQueueBytes() {
		return this.value;
	}

	@Override
	public Duration getQueueAge() {
		return Duration.ofSeconds(this.value);
	}

	@Override
	public int getInFlight() {
		return this.value;
	}

	@Override
	public int getInboundQueueSize() {
		return this.value;
	}

	@Override
	public Duration getLastReceivedAge() {
		return Duration.ofSeconds(this.value);
	}

	@Override
	public long getHeartbeatsMissed() {
		return this.value;
	}

}
