package io.github.resilientws.internal.outbox;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.connection.ClientConnection;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

/**
 * Drains the outbox into one connection: a batch, one write, one flush. Confined to the
 * client's executor.
 */
public final class OutboxWriter {

	private static final int MAX_BATCH = 512;

	private static final int MAX_BATCH_BYTES = 64 * 1024;

	private final SerialExecutor executor;

	private final Outbox outbox;

	private final DeliveryMode guarantee;

	private final Statistics statistics;

	private final WebSocketConnection socket;

	private final ClientConnection connection;

	private int unsettled;

	private boolean open;

	private boolean released;

	// a transport may report a write before write() returns
	private boolean pumping;

	public OutboxWriter(SerialExecutor executor, Outbox outbox, DeliveryMode guarantee, Statistics statistics,
			WebSocketConnection socket, ClientConnection connection) {
		this.executor = executor;
		this.outbox = outbox;
		this.guarantee = guarantee;
		this.statistics = statistics;
		this.socket = socket;
		this.connection = connection;
	}

	public void open() {
		this.open = true;
		pump();
	}

	/** Write no more: messages go to another connection from now on, or wait. */
	public void close() {
		this.open = false;
		if (!this.released) {
			this.released = true;
			this.guarantee.released();
		}
	}

	/**
	 * Write while there is something to write and the socket takes it.
	 */
	public void pump() {
		if (this.pumping) {
			return;
		}
		this.pumping = true;
		try {
			while (this.open && this.outbox.canSend() && this.socket.isWritable() && !isOldConnectionUnsettled()) {
				writeBatch();
			}
		}
		finally {
			this.pumping = false;
		}
		this.outbox.reportOldest();
	}

	private void writeBatch() {
		Batch batch = fill();
		if (!batch.entries.isEmpty()) {
			this.unsettled += batch.entries.size();
			this.statistics.sent(batch.entries.size());
			this.statistics.resent(batch.resent);
			write(batch);
		}
	}

	private void write(Batch batch) {
		try {
			this.socket.write(batch.entries, batch);
		}
		catch (Throwable ex) {
			// no result will come, and the next connection waits for it
			batch.onWritten(0, batch.entries.size(), ex);
			throw ex;
		}
	}

	// what an old connection did not send goes first, so its fate must be known
	private boolean isOldConnectionUnsettled() {
		return this.outbox.unsettled() > this.unsettled;
	}

	private Batch fill() {
		Batch batch = new Batch();
		long now = this.executor.nanoTime();
		int bytes = 0;
		while (batch.entries.size() < MAX_BATCH && bytes < MAX_BATCH_BYTES && this.outbox.canSend()) {
			OutboxEntry entry = this.outbox.next(now);
			if (entry == null) {
				break;
			}
			batch.entries.add(entry);
			batch.resent += (entry.attempts() > 1) ? 1 : 0;
			bytes += entry.payload().length;
		}
		return batch;
	}

	private final class Batch implements WriteListener {

		private final List<OutboxEntry> entries = new ArrayList<>();

		private int resent;

		private boolean ended;

		@Override
		public void onWritten(int written, int started, @Nullable Throwable failure) {
			if (this.ended) {
				return;
			}
			this.ended = true;
			int size = this.entries.size();
			OutboxWriter.this.unsettled -= size;
			OutboxWriter.this.outbox.settled(size);
			if (failure != null) {
				OutboxWriter.this.open = false;
			}
			OutboxWriter.this.guarantee.settled(this.entries, (failure != null) ? written : size,
					(failure != null) ? started : size, !OutboxWriter.this.released);
			OutboxWriter.this.connection.settled();
		}

	}

}
