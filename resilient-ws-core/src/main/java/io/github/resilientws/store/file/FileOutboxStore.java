package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.OutboxStore;

/**
 * Messages and dead letters of one client in a journal.
 */
final class FileOutboxStore implements OutboxStore {

	/** Position of the end of the reserved ids, which is not a message. */
	private static final long RESERVATION = 0;

	private final RecordStore records;

	// highest position in use
	private final AtomicLong position = new AtomicLong(RESERVATION);

	// guarded by this: the first number that is not reserved
	private long reservedEnd;

	FileOutboxStore(RecordStore records) {
		this.records = records;
	}

	@Override
	public void recover(ObjLongConsumer<OutboxRecord> target) throws IOException {
		List<StoredRecord> all = new ArrayList<>();
		this.records.recover(all::add);
		for (StoredRecord one : all) {
			if (one.position() == RESERVATION) {
				reserved(ByteBuffer.wrap(one.content()).getLong());
			}
			else {
				this.position.accumulateAndGet(one.position(), Math::max);
				target.accept(read(one), one.position());
			}
		}
	}

	private OutboxRecord read(StoredRecord stored) throws IOException {
		try {
			return MessageCodec.read(stored.content());
		}
		catch (IOException ex) {
			throw new IOException("Store " + this.records.path() + " cannot be read: record " + stored.position() + ": "
					+ ex.getMessage(), ex);
		}
	}

	private synchronized void reserved(long end) {
		this.reservedEnd = Math.max(this.reservedEnd, end);
	}

	@Override
	public CompletableFuture<long[]> append(List<OutboxRecord> messages) {
		long last = this.position.addAndGet(messages.size());
		long[] positions = new long[messages.size()];
		List<StoredRecord> added = new ArrayList<>(positions.length);
		for (int i = 0; i < positions.length; i++) {
			positions[i] = last - positions.length + 1 + i;
			added.add(new StoredRecord(positions[i], MessageCodec.write(messages.get(i))));
		}
		return this.records.append(added).thenApply((done) -> positions);
	}

	@Override
	public CompletableFuture<Void> end(long position, OutboxRecord deadLetter) {
		return this.records.append(List.of(new StoredRecord(position, MessageCodec.write(deadLetter))));
	}

	@Override
	public void remove(long[] positions) {
		this.records.remove(positions);
	}

	@Override
	public synchronized CompletableFuture<Long> reserveIds(long atLeast, int count) {
		long first = Math.max(atLeast, this.reservedEnd);
		this.reservedEnd = first + count;
		byte[] end = ByteBuffer.allocate(Long.BYTES).putLong(this.reservedEnd).array();
		this.records.append(List.of(new StoredRecord(RESERVATION, end)));
		return CompletableFuture.completedFuture(first);
	}

	@Override
	public @Nullable String getProblem() {
		return this.records.getProblem();
	}

	@Override
	public void close() {
		this.records.close();
	}

}
