package io.github.resilientws;

import java.time.Duration;

import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Figures that a test sets. They differ from each other, so that no test takes one for
 * another.
 */
public class FakeStatistics implements ClientStatistics {

	public long sent = 11;

	public long received = 12;

	public long resent = 13;

	/** The count of the first reason; each further reason has one more. */
	public long dropped = 21;

	public int queueSize = 3;

	public long queueBytes = 300;

	public Duration queueAge = Duration.ofSeconds(5);

	public int inFlight = 1;

	public int inboundQueueSize = 6;

	public Duration lastReceivedAge = Duration.ofSeconds(7);

	public long heartbeatsMissed = 4;

	public volatile String storeProblem;

	private final FakeDeadLetters letters;

	FakeStatistics(FakeDeadLetters letters) {
		this.letters = letters;
	}

	@Override
	public int getActiveSubscriptions() {
		return 8;
	}

	@Override
	public int getPendingSubscriptions() {
		return 9;
	}

	@Override
	public long getMessagesSent() {
		return this.sent;
	}

	@Override
	public long getMessagesResent() {
		return this.resent;
	}

	@Override
	public int getDeadLetterCount() {
		return this.letters.list().size();
	}

	@Override
	public long getMessagesReceived() {
		return this.received;
	}

	@Override
	public long getMessagesDropped(Reason reason) {
		return this.dropped + reason.ordinal();
	}

	@Override
	public int getQueueSize() {
		return this.queueSize;
	}

	@Override
	public long getQueueBytes() {
		return this.queueBytes;
	}

	@Override
	public Duration getQueueAge() {
		return this.queueAge;
	}

	@Override
	public int getInFlight() {
		return this.inFlight;
	}

	@Override
	public int getInboundQueueSize() {
		return this.inboundQueueSize;
	}

	@Override
	public Duration getLastReceivedAge() {
		return this.lastReceivedAge;
	}

	@Override
	public long getHeartbeatsMissed() {
		return this.heartbeatsMissed;
	}

	@Override
	public String getStoreProblem() {
		return this.storeProblem;
	}

}
