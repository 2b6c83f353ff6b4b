package io.github.resilientws.benchmarks;

import java.io.IOException;
import java.util.List;

import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.OutboxStore;

/**
 * The file store of this project.
 */
final class FileStore implements MeasuredStore {

	private final OutboxStore store;

	FileStore(OutboxStore store) throws IOException {
		this.store = store;
		store.recover((record, position) -> {
		});
	}

	@Override
	public long append(byte[] content) {
		return this.store.append(List.of(new OutboxRecord("id", null, true, content, 0, 0, 0, null))).join()[0];
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
