package io.github.resilientws.settings;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * What makes the outbox survive the JVM.
 *
 * @param kind where accepted messages are kept; by default {@code MEMORY}
 * @param directory directory of the file; needed by {@code FILE}
 * @param sync when the file is forced to the disk; by default {@code INTERVAL}
 * @param syncInterval time between two forces with {@code INTERVAL}; by default 10 ms
 * @since 0.1
 */
public record StoreSettings(Kind kind, @Nullable Path directory, Sync sync, Duration syncInterval) {

	/** Nothing survives the JVM. */
	public static final StoreSettings MEMORY = new StoreSettings(Kind.MEMORY, null, Sync.INTERVAL,
			Duration.ofMillis(10));

	/**
	 * Keep messages in a file that is named after the client, forced every 10 ms.
	 * @param directory directory of the file, created if it does not exist; clients may
	 * share it
	 * @return the settings
	 */
	public static StoreSettings file(Path directory) {
		Assert.notNull(directory, "'directory' must not be null");
		return new StoreSettings(Kind.FILE, directory, MEMORY.sync(), MEMORY.syncInterval());
	}

	/**
	 * Return a copy with the given {@code kind}.
	 * @param kind where accepted messages are kept
	 * @return the copy
	 */
	public StoreSettings withKind(Kind kind) {
		return new StoreSettings(kind, this.directory, this.sync, this.syncInterval);
	}

	/**
	 * Return a copy with the given {@code directory}.
	 * @param directory directory of the file; needed by {@code FILE}
	 * @return the copy
	 */
	public StoreSettings withDirectory(@Nullable Path directory) {
		return new StoreSettings(this.kind, directory, this.sync, this.syncInterval);
	}

	/**
	 * Return a copy with the given {@code sync}.
	 * @param sync when the file is forced to the disk
	 * @return the copy
	 */
	public StoreSettings withSync(Sync sync) {
		return new StoreSettings(this.kind, this.directory, sync, this.syncInterval);
	}

	/**
	 * Return a copy with the given {@code sync-interval}.
	 * @param syncInterval time between two forces with {@code INTERVAL}
	 * @return the copy
	 */
	public StoreSettings withSyncInterval(Duration syncInterval) {
		return new StoreSettings(this.kind, this.directory, this.sync, syncInterval);
	}

	/**
	 * Where accepted messages are kept.
	 */
	public enum Kind {

		/** In memory only. */
		MEMORY,

		/** In a file. */
		FILE

	}

	/**
	 * When a file is forced to the disk. With each of them a message is committed before
	 * {@code send} returns, and survives a killed JVM.
	 */
	public enum Sync {

		/** Before {@code send} returns: survives a power cut. */
		ALWAYS,

		/** Every interval: a power cut loses at most what came since, and one force. */
		INTERVAL,

		/** Whenever the operating system does: a power cut may lose the file. */
		NEVER

	}

}
