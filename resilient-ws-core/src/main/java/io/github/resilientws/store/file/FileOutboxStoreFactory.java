package io.github.resilientws.store.file;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;

import org.springframework.util.Assert;

import io.github.resilientws.settings.StoreSettings.Sync;
import io.github.resilientws.store.OutboxStore;
import io.github.resilientws.store.OutboxStoreFactory;

/**
 * Keeps the outbox of each client in a journal of its own: files
 * {@code <client>.<number>.journal}, next to a {@code <client>.lock}. A store is open
 * only once: a second attempt to open it, in this process or another, fails with a
 * {@link io.github.resilientws.store.StoreHeldException StoreHeldException}.
 *
 * @since 0.1
 */
public final class FileOutboxStoreFactory implements OutboxStoreFactory {

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

	private final Path directory;

	private final Sync sync;

	private final Duration syncInterval;

	private final InstantSource clock;

	private final LongSupplier nanoTime;

	/**
	 * Create the factory.
	 * @param directory directory of the files; it is created when the first store is
	 * opened, readable only by its owner where the file system supports that
	 * @param sync when files are forced to the disk
	 * @param syncInterval time between two forces with {@code INTERVAL}; with each policy
	 * the longest time until a removal is committed, at least 10 ms and at most 1 s
	 */
	public FileOutboxStoreFactory(Path directory, Sync sync, Duration syncInterval) {
		this(directory, sync, syncInterval, InstantSource.system(), System::nanoTime);
	}

	FileOutboxStoreFactory(Path directory, Sync sync, Duration syncInterval, InstantSource clock,
			LongSupplier nanoTime) {
		Assert.notNull(directory, "'directory' must not be null");
		Assert.notNull(sync, "'sync' must not be null");
		Assert.notNull(syncInterval, "'syncInterval' must not be null");
		this.directory = directory.toAbsolutePath().normalize();
		this.sync = sync;
		this.syncInterval = syncInterval;
		this.clock = clock;
		this.nanoTime = nanoTime;
	}

	@Override
	public OutboxStore open(String client) throws IOException {
		return new FileOutboxStore(openRecords(client));
	}

	RecordStore openRecords(String client) throws IOException {
		Assert.isTrue(NAME.matcher(client).matches(),
				"The name of a client consists of lower-case letters, digits and dashes");
		OwnerOnlyFiles.createDirectory(this.directory);
		Path path = this.directory.resolve(client);
		Instant now = this.clock.instant();
		StoreLock lock = StoreLock.acquire(path, this.directory.resolve(client + ".lock"), now);
		Journal journal = new Journal(client, path, lock, this.clock, this.sync != Sync.NEVER);
		PendingChanges changes = new PendingChanges(journal, this.sync);
		StoreWriter writer = new StoreWriter(client, journal, changes, this.syncInterval.toNanos(), this.nanoTime);
		RecordStore store = new RecordStore(journal, changes, writer);
		store.open();
		return store;
	}

}
