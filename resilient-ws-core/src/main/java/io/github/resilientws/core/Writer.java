package io.github.resilientws.core;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

/**
 * Drains the outbox into one connection: a batch, one write, one flush. Confined to the
 * client's executor.
 */
final class Writer {

	private static final int MAX_BATCH = 512;

	private static final int MAX_BATCH_BYTES = 64 * 1024;

	private final SerialExecutor executor;

	private final Outbox outbox;

	private final Statistics statistics;

	private final WebSocketConnection socket;

	private final Connection connection;

	private int inFlight;

	private boolean open;

	// a transport may report a write before write() returns
	private boolean pumping;

	Writer(SerialExecutor executor, Outbox outbox, Statistics statistics, WebSocketConnection socket,
			Connection connection) {
		this.executor = executor;
		this.outbox = outbox;
		this.statistics = statistics;
		this.socket = socket;
		this.connection = connection;
	}

	void open() {
		this.open = true;
		pump();
	}

	void close() {
		this.open = false;
	}

	/**
	 * Write while there is something to write and the socket takes it.
	 */
	void pump() {
		if (this.pumping) {
			return;
		}
		this.pumping = true;
		try {
			while (this.open && this.outbox.hasWaiting() && this.socket.isWritable() && !isOldConnectionUnsettled()) {
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
			this.inFlight += batch.entries.size();
			this.statistics.sent(batch.entries.size());
			this.socket.write(batch.entries, batch);
		}
	}

	// what an old connection did not send goes first, so its fate must be known
	private boolean isOldConnectionUnsettled() {
		return this.outbox.inFlight() > this.inFlight;
	}

	private Batch fill() {
		Batch batch = new Batch();
		long now = this.executor.nanoTime();
		int bytes = 0;
		while (batch.entries.size() < MAX_BATCH && bytes < MAX_BATCH_BYTES) {
			OutboxEntry entry = this.outbox.next(now);
			if (entry == null) {
				break;
			}
			batch.entries.add(entry);
			bytes += entry.payload().length;
		}
		return batch;
	}

	private final class Batch implements WriteListener {

		private final List<OutboxEntry> entries = new ArrayList<>();

		@Override
		public void onWritten(int written, int started, @Nullable Throwable failure) {
			Writer.this.inFlight -= this.entries.size();
			if (failure == null) {
				Writer.this.outbox.delivered(this.entries);
			}
			else {
				Writer.this.open = false;
				Writer.this.outbox.delivered(List.copyOf(this.entries.subList(0, written)));
				this.entries.subList(written, started).forEach(Writer.this.outbox::uncertain);
				Writer.this.outbox.takeBack(List.copyOf(this.entries.subList(started, this.entries.size())));
			}
			Writer.this.connection.settled();
		}

	}

}
