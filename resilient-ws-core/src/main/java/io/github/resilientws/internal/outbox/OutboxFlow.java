package io.github.resilientws.internal.outbox;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Moves accepted messages into the outbox, and from there to the connection if the state
 * of the client allows it. Confined to the client's executor.
 */
public final class OutboxFlow {

	private final SerialExecutor executor;

	private final Outbox outbox;

	private final DeliveryMode deliveryMode;

	private final AwaitedReplies replies;

	private Phase phase = Phase.HELD;

	// in phase WRITING, DRAINING and HANDING_OVER
	private @Nullable OutboxWriter writer;

	private Runnable onEmpty = () -> {
	};

	// in phase HANDING_OVER and CLOSED
	private String closeDetail = "";

	private Runnable onFailed = () -> {
	};

	/**
	 * Create a flow that holds all messages.
	 * @param executor the client's executor
	 * @param outbox the messages
	 * @param deliveryMode decides when messages count as delivered
	 * @param replies requests without a reply
	 */
	public OutboxFlow(SerialExecutor executor, Outbox outbox, DeliveryMode deliveryMode, AwaitedReplies replies) {
		this.executor = executor;
		this.outbox = outbox;
		this.deliveryMode = deliveryMode;
		this.replies = replies;
	}

	/**
	 * Return the messages.
	 * @return the outbox
	 */
	public Outbox outbox() {
		return this.outbox;
	}

	/** Move accepted messages into the outbox, without writing them. */
	public void take() {
		if (this.outbox.takeIngress(this.phase != Phase.HELD)) {
			this.executor.execute(this::run);
		}
	}

	/** Messages were accepted, or more may be written. */
	public void run() {
		take();
		if (this.phase == Phase.HANDING_OVER) {
			this.outbox.leaveWaiting(this.closeDetail);
		}
		if (this.writer != null) {
			this.writer.pump();
		}
		if (isDraining() && this.outbox.isEmpty() && this.replies.isEmpty() && this.outbox.unremoved() == 0) {
			this.onEmpty.run();
		}
		else if (this.phase == Phase.CLOSED) {
			failAll();
		}
	}

	/**
	 * End a message with {@code EXPIRED} if it waits.
	 * @param entry the message
	 */
	public void expire(OutboxEntry entry) {
		run();
		if (entry.phase() == OutboxEntry.Phase.WAITING && entry.sequence() != OutboxEntry.NOT_IN_LOG) {
			this.outbox.end(entry, Reason.EXPIRED, Outbox.EXPIRED);
			run();
		}
	}

	/** No reply is awaited any more. */
	public void onAllReplied() {
		if (isDraining()) {
			run();
		}
	}

	private boolean isDraining() {
		return this.phase == Phase.DRAINING || this.phase == Phase.HANDING_OVER;
	}

	/** The result of a write is known. */
	public void onWriteCompleted() {
		if (this.phase == Phase.HELD) {
			// of messages whose write never started
			this.outbox.dropVolatile();
		}
		run();
	}

	/**
	 * The client is ready: write messages.
	 * @param writer writes them to its connection
	 */
	public void start(OutboxWriter writer) {
		this.phase = Phase.WRITING;
		this.writer = writer;
		writer.open();
		run();
	}

	/** The client is not ready: messages wait, but volatile ones are dropped. */
	public void hold() {
		this.phase = Phase.HELD;
		this.writer = null;
		this.outbox.dropVolatile();
	}

	/**
	 * No more messages are accepted: write those that were accepted.
	 * @param onEmpty called whenever no message is left and all requests are answered
	 */
	public void drain(Runnable onEmpty) {
		this.phase = Phase.DRAINING;
		this.onEmpty = onEmpty;
		this.outbox.wakeSenders();
		run();
	}

	/**
	 * Hand over to the next owner of the line: no message that it could send is written
	 * from now on.
	 * @param detail explanation for a reader
	 * @param onEmpty called whenever no message is in flight and all requests are
	 * answered
	 */
	public void handOver(String detail, Runnable onEmpty) {
		this.phase = Phase.HANDING_OVER;
		this.closeDetail = detail;
		this.onEmpty = onEmpty;
		this.outbox.wakeSenders();
		run();
	}

	/**
	 * Fail all requests that have no reply yet with {@code CLOSED}.
	 * @param detail explanation for a reader
	 */
	public void endReplies(String detail) {
		this.replies.endAll(Reason.CLOSED, detail);
	}

	/**
	 * Fail all messages with {@code CLOSED}, except those of writes that are not
	 * complete.
	 * @param detail explanation for a reader
	 */
	public void endAll(String detail) {
		this.outbox.endAll(Reason.CLOSED, detail);
		endReplies(detail);
	}

	/**
	 * Fail all messages with {@code CLOSED}, and those that senders accepted before they
	 * saw that the client is closed.
	 * @param detail explanation for a reader
	 * @param onFailed called whenever messages were failed
	 */
	public void close(String detail, Runnable onFailed) {
		this.phase = Phase.CLOSED;
		this.writer = null;
		this.closeDetail = detail;
		this.onFailed = onFailed;
		failAll();
	}

	private void failAll() {
		this.deliveryMode.completeAcknowledged();
		endAll(this.closeDetail);
		this.onFailed.run();
	}

	private enum Phase {

		/** Not ready. */
		HELD,

		/** Ready. */
		WRITING,

		/** Closing when all messages are finished. */
		DRAINING,

		/** Closing when no message is in flight; the others remain stored. */
		HANDING_OVER,

		/** Closed, or failed. */
		CLOSED

	}

}
