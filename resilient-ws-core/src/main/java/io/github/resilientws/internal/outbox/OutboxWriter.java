package io.github.resilientws.internal.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

/**
 * Writes the messages of the outbox to one connection, one write and one flush per batch.
 * Confined to the client's executor.
 */
public final class OutboxWriter {

	private static final int MAX_BATCH = 512;

	private static final int MAX_BATCH_BYTES = 64 * 1024;

	private final SerialExecutor executor;

	private final Outbox outbox;

	private final DeliveryMode deliveryMode;

	private final DeliveryMonitor monitor;

	private final OutboxConnection connection;

	private final Predicate<OutboxEntry> accepted;

	private final WebSocketConnection socket;

	private final Runnable onWriteCompleted;

	private int pendingWrites;

	private Phase phase = Phase.NOT_OPEN;

	// a transport may complete a write before write() returns
	private boolean pumping;

	/**
	 * Create a writer.
	 * @param executor the client's executor
	 * @param outbox the messages
	 * @param deliveryMode handles the results of writes
	 * @param monitor monitors whether messages are delivered in time
	 * @param connection the connection
	 * @param onWriteCompleted called after the result of a write was handled
	 */
	public OutboxWriter(SerialExecutor executor, Outbox outbox, DeliveryMode deliveryMode, DeliveryMonitor monitor,
			OutboxConnection connection, Runnable onWriteCompleted) {
		this.executor = executor;
		this.outbox = outbox;
		this.deliveryMode = deliveryMode;
		this.monitor = monitor;
		this.connection = connection;
		this.accepted = connection::accepts;
		this.socket = connection.socket();
		this.onWriteCompleted = onWriteCompleted;
	}

	public void open() {
		this.phase = Phase.OPEN;
		pump();
	}

	/** Stop writing: from now on messages wait or are sent over another connection. */
	public void close() {
		if (this.phase != Phase.RELEASED) {
			this.phase = Phase.RELEASED;
			this.deliveryMode.onConnectionReleased();
		}
	}

	/**
	 * Write while messages wait and the socket is writable.
	 */
	public void pump() {
		if (this.pumping) {
			return;
		}
		this.pumping = true;
		try {
			boolean more = true;
			while (more && this.phase == Phase.OPEN && room() > 0 && this.socket.isWritable() && !hasOlderWrites()) {
				more = writeBatch();
			}
		}
		finally {
			this.pumping = false;
		}
		this.outbox.reportOldest();
		this.monitor.writable(this.socket.isWritable());
	}

	private boolean writeBatch() {
		Batch batch = fill();
		if (batch.entries.isEmpty()) {
			return false;
		}
		this.pendingWrites += batch.entries.size();
		this.outbox.handedOver(batch.entries.size(), batch.resent);
		try {
			this.socket.write(batch.payloads(), batch);
		}
		catch (Throwable ex) {
			// it is not known whether bytes went out, and the messages must not stay
			// in flight forever
			close();
			batch.onWritten(0, batch.entries.size(), ex);
			throw ex;
		}
		return true;
	}

	// how many of the waiting messages the window lets go
	private int room() {
		return Math.min(this.outbox.waitingCount(), this.deliveryMode.window() - this.outbox.inFlightCount());
	}

	// messages that an old connection did not send go
	// first, so its writes must be complete
	private boolean hasOlderWrites() {
		return this.outbox.pendingWrites() > this.pendingWrites;
	}

	private Batch fill() {
		int limit = Math.min(MAX_BATCH, room());
		Batch batch = new Batch(limit);
		long now = this.executor.nanoTime();
		int bytes = 0;
		while (batch.entries.size() < limit && bytes < MAX_BATCH_BYTES) {
			if (bytes > 0 && this.outbox.firstWaitingSize() > MAX_BATCH_BYTES) {
				// messages in front of a large one are delivered before it
				break;
			}
			OutboxEntry entry = this.outbox.next(now, this.accepted);
			if (entry == null) {
				break;
			}
			OutboundPayload payload = encode(entry);
			if (payload != null) {
				batch.add(entry, payload);
				bytes += payload.payload().length;
			}
		}
		return batch;
	}

	private @Nullable OutboundPayload encode(OutboxEntry entry) {
		try {
			return this.connection.encode(entry);
		}
		catch (MessageRefusedException ex) {
			entry.handOverFailed();
			this.outbox.writeCompleted(1);
			this.deliveryMode.onRefused(entry, ex);
			return null;
		}
	}

	private enum Phase {

		/** The connection is not ready. */
		NOT_OPEN,

		/** Messages are written. */
		OPEN,

		/** A write failed: no more is written, and the end of the connection follows. */
		FAILED,

		/** Messages are sent over another connection. */
		RELEASED

	}

	private final class Batch implements WriteListener {

		private final List<OutboxEntry> entries;

		// of the same size, once a message was encoded for the connection
		private @Nullable List<OutboundPayload> encoded;

		private int resent;

		private boolean completed;

		Batch(int limit) {
			this.entries = new ArrayList<>(limit);
		}

		void add(OutboxEntry entry, OutboundPayload payload) {
			if (payload != entry && this.encoded == null) {
				this.encoded = new ArrayList<>(this.entries);
			}
			this.entries.add(entry);
			if (this.encoded != null) {
				this.encoded.add(payload);
			}
			this.resent += (entry.attempts() > 1) ? 1 : 0;
		}

		List<? extends OutboundPayload> payloads() {
			return (this.encoded != null) ? this.encoded : this.entries;
		}

		@Override
		public void onWritten(int written, int started, @Nullable Throwable failure) {
			if (this.completed) {
				return;
			}
			this.completed = true;
			int size = this.entries.size();
			OutboxWriter.this.pendingWrites -= size;
			OutboxWriter.this.outbox.writeCompleted(size);
			if (failure != null && OutboxWriter.this.phase == Phase.OPEN) {
				OutboxWriter.this.phase = Phase.FAILED;
			}
			// no message stays in flight, whatever numbers a transport reports
			int begun = (failure != null) ? Math.min(Math.max(started, 0), size) : size;
			int done = (failure != null) ? Math.min(Math.max(written, 0), begun) : size;
			boolean current = OutboxWriter.this.phase != Phase.RELEASED;
			OutboxWriter.this.deliveryMode.onWriteCompleted(this.entries, done, begun, current);
			OutboxWriter.this.onWriteCompleted.run();
			Assert.state(failure == null || (begun == started && done == written),
					() -> "a transport reported " + written + " written and " + started + " started of " + size);
		}

	}

}
