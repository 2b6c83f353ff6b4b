package io.github.resilientws.internal.persistence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.OutboxStore;
import io.github.resilientws.store.OutboxStoreFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Passes changes on to a real store as late as possible: a change without a waiting
 * caller goes with the next append, so that a crash can lose it.
 */
public final class SlowStore implements OutboxStoreFactory {

	private final OutboxStoreFactory real;

	// guarded by this: as the file would be if it were committed now
	private final SortedMap<Long, OutboxRecord> asked = new TreeMap<>();

	// guarded by this
	private final SortedMap<Long, OutboxRecord> committed = new TreeMap<>();

	// guarded by this
	private final List<Change> pending = new ArrayList<>();

	private @Nullable Handle open;

	public SlowStore(OutboxStoreFactory real) {
		this.real = real;
	}

	@Override
	public synchronized OutboxStore open(String client) throws IOException {
		this.open = new Handle(this.real.open(client));
		return this.open;
	}

	/** Return what the file holds once everything that was asked for is done. */
	public synchronized List<StoredMessage> messages() {
		return this.asked.values().stream().filter((one) -> one.position() != 0).map(SlowStore::read).toList();
	}

	public List<String> frames(boolean dead) {
		return messages().stream().filter((one) -> (one.death() != null) == dead).map(SlowStore::text).toList();
	}

	public static String text(StoredMessage message) {
		return new String(message.message().bytes(), StandardCharsets.UTF_8);
	}

	private static StoredMessage read(OutboxRecord one) {
		try {
			return StoredMessage.read(one);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Discard the changes without a waiting caller, and release the file.
	 * @param kept how many of those changes were committed before
	 */
	public synchronized void crash(int kept) {
		commit(Math.min(kept, this.pending.size()));
		this.pending.clear();
		this.asked.clear();
		this.asked.putAll(this.committed);
		if (this.open != null) {
			this.open.dead = true;
			this.open.store.close();
			this.open = null;
		}
	}

	private @Nullable CompletableFuture<Void> commit(int changes) {
		CompletableFuture<Void> last = null;
		for (Change change : this.pending.subList(0, changes)) {
			last = change.commit();
		}
		this.pending.subList(0, changes).clear();
		return last;
	}

	private final class Handle implements OutboxStore {

		private final OutboxStore store;

		private boolean dead;

		private Handle(OutboxStore store) {
			this.store = store;
		}

		@Override
		public void recover(Consumer<OutboxRecord> target) throws IOException {
			synchronized (SlowStore.this) {
				commit(SlowStore.this.pending.size());
			}
			SortedMap<Long, OutboxRecord> read = new TreeMap<>();
			this.store.recover((one) -> read.put(one.position(), one));
			synchronized (SlowStore.this) {
				assertThat(read.values()).as("what the file kept")
					.usingRecursiveFieldByFieldElementComparator()
					.containsExactlyElementsOf(SlowStore.this.committed.values());
			}
			read.values().forEach(target);
		}

		@Override
		public CompletableFuture<Void> append(List<OutboxRecord> records) {
			synchronized (SlowStore.this) {
				if (this.dead) {
					return CompletableFuture.failedFuture(new IOException("crashed"));
				}
				OutboxRecord one = records.get(0);
				boolean isNew = SlowStore.this.asked.put(one.position(), one) == null && one.position() != 0;
				SlowStore.this.pending.add(new Change(this.store, one.position(), one));
				CompletableFuture<Void> done = isNew ? commit(SlowStore.this.pending.size()) : null;
				return (done != null) ? done : CompletableFuture.completedFuture(null);
			}
		}

		@Override
		public void remove(long[] positions) {
			synchronized (SlowStore.this) {
				for (long position : positions) {
					if (!this.dead) {
						SlowStore.this.asked.remove(position);
						SlowStore.this.pending.add(new Change(this.store, position, null));
					}
				}
			}
		}

		@Override
		public @Nullable String getProblem() {
			return this.store.getProblem();
		}

		@Override
		public void close() {
			synchronized (SlowStore.this) {
				if (this.dead) {
					return;
				}
				this.dead = true;
				commit(SlowStore.this.pending.size());
				SlowStore.this.open = null;
			}
			this.store.close();
		}

	}

	private final class Change {

		private final OutboxStore store;

		private final long position;

		private final @Nullable OutboxRecord record;

		private Change(OutboxStore store, long position, @Nullable OutboxRecord record) {
			this.store = store;
			this.position = position;
			this.record = record;
		}

		private @Nullable CompletableFuture<Void> commit() {
			if (this.record != null) {
				SlowStore.this.committed.put(this.position, this.record);
				return this.store.append(List.of(this.record));
			}
			SlowStore.this.committed.remove(this.position);
			this.store.remove(new long[] { this.position });
			return null;
		}

	}

}
