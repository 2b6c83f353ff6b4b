package io.github.resilientws.benchmarks.store;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;

import io.github.resilientws.settings.StoreSettings.Sync;
import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.OutboxStore;
import io.github.resilientws.store.file.FileOutboxStoreFactory;

/**
 * The file store of this project.
 */
public final class FileStore implements MeasuredStore {

	private static final Duration SYNC_INTERVAL = Duration.ofMillis(10);

	private final OutboxStore store;

	private FileStore(OutboxStore store) {
		this.store = store;
	}

	/**
	 * Open a store and recover its records.
	 * @param directory directory of its files
	 * @param sync when files are forced to the disk
	 * @return the open store
	 * @throws IOException if it fails
	 */
	public static FileStore open(Path directory, Sync sync) throws IOException {
		OutboxStore store = new FileOutboxStoreFactory(directory, sync, SYNC_INTERVAL).open("benchmark");
		store.recover((record, position) -> {
		});
		return new FileStore(store);
	}

	/**
	 * Keep many records, without waiting for each.
	 * @param number number of records
	 * @param size bytes of each
	 */
	public void fill(int number, int size) {
		List<OutboxRecord> batch = Collections.nCopies(1000, record(new byte[size]));
		for (int i = 0; i < number; i += batch.size()) {
			this.store.append(batch).join();
		}
	}

	private static OutboxRecord record(byte[] content) {
		return new OutboxRecord("id", null, true, content, 0, 0, 0, null);
	}

	@Override
	public long append(byte[] content) {
		return this.store.append(List.of(record(content))).join()[0];
	}

	@Override
	public void remove(long[] positions) {
		this.store.remove(positions);
	}

	@Override
	public void close() {
		this.store.close();
	}

}
