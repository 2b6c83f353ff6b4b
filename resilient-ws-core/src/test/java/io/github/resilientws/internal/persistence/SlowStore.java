package io.github.resilientws.internal.persistence;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.ObjLongConsumer;

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

	// guarded by this; the first number that is not reserved
	private long askedIds;

	// guarded by this
	private long committedIds;

	// guarded by this
	private final List<Runnable> pending = new ArrayList<>();

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
	public synchronized List<OutboxRecord> messages() {
		return List.copyOf(this.asked.values());
	}

	public List<String> frames(boolean dead) {
		return messages().stream().filter((one) -> (one.death() != null) == dead).map(SlowStore::text).toList();
	}

	public static String text(OutboxRecord message) {
		return new String(message.payload(), StandardCharsets.UTF_8);
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
		this.askedIds = this.committedIds;
		if (this.open != null) {
			this.open.dead = true;
			this.open.store.close();
			this.open = null;
		}
	}

	private void commit(int changes) {
		this.pending.subList(0, changes).forEach(Runnable::run);
		this.pending.subList(0, changes).clear();
	}

	private final class Handle implements OutboxStore {

		private final OutboxStore store;

		private boolean dead;

		private Handle(OutboxStore store) {
			this.store = store;
		}

		@Override
		public void recover(ObjLongConsumer<OutboxRecord> target) throws IOException {
			synchronized (SlowStore.this) {
				commit(SlowStore.this.pending.size());
			}
			SortedMap<Long, OutboxRecord> read = new TreeMap<>();
			this.store.recover((record, position) -> read.put(position, record));
			synchronized (SlowStore.this) {
				assertThat(read.values()).as("what the file kept")
					.usingRecursiveFieldByFieldElementComparator()
					.containsExactlyElementsOf(SlowStore.this.committed.values());
			}
			read.forEach((position, record) -> target.accept(record, position));
		}

		@Override
		public CompletableFuture<long[]> append(List<OutboxRecord> messages) {
			synchronized (SlowStore.this) {
				if (this.dead) {
					return CompletableFuture.failedFuture(new IOException("crashed"));
				}
				commit(SlowStore.this.pending.size());
				CompletableFuture<long[]> done = this.store.append(messages);
				long[] positions = done.join();
				for (int i = 0; i < positions.length; i++) {
					SlowStore.this.asked.put(positions[i], messages.get(i));
					SlowStore.this.committed.put(positions[i], messages.get(i));
				}
				return done;
			}
		}

		@Override
		public CompletableFuture<Void> end(long position, OutboxRecord deadLetter) {
			synchronized (SlowStore.this) {
				if (!this.dead) {
					SlowStore.this.asked.put(position, deadLetter);
					SlowStore.this.pending.add(() -> {
						SlowStore.this.committed.put(position, deadLetter);
						this.store.end(position, deadLetter);
					});
				}
				return CompletableFuture.completedFuture(null);
			}
		}

		@Override
		public void remove(long[] positions) {
			synchronized (SlowStore.this) {
				for (long position : positions) {
					if (!this.dead) {
						SlowStore.this.asked.remove(position);
						SlowStore.this.pending.add(() -> {
							SlowStore.this.committed.remove(position);
							this.store.remove(new long[] { position });
						});
					}
				}
			}
		}

		@Override
		public CompletableFuture<Long> reserveIds(long atLeast, int count) {
			synchronized (SlowStore.this) {
				long first = Math.max(atLeast, SlowStore.this.askedIds);
				SlowStore.this.askedIds = first + count;
				SlowStore.this.pending.add(() -> {
					SlowStore.this.committedIds = first + count;
					assertThat(this.store.reserveIds(first, count).join()).isEqualTo(first);
				});
				return CompletableFuture.completedFuture(first);
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

}
