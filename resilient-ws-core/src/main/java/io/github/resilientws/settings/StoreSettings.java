package io.github.resilientws.settings;

import java.nio.file.Path;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * Settings of the store that makes the outbox survive the JVM.
 *
 * @param kind place of accepted messages; by default {@code MEMORY}
 * @param directory directory of the file; required with {@code FILE}; by default none
 * @param sync when the file is forced to the disk; by default {@code INTERVAL}
 * @param syncInterval time between two forces with {@code INTERVAL}; by default 10 ms
 * @param pollInterval longest time between two looks for messages that other instances
 * have accepted, with {@code JDBC}; by default 250 ms
 * @param storeTimeout longest wait of {@code send} for the commit, with {@code JDBC}; by
 * default 5 seconds
 * @since 0.1
 */
public record StoreSettings(Kind kind, @Nullable Path directory, Sync sync, Duration syncInterval,
		Duration pollInterval, Duration storeTimeout) {

	/** In memory: no message survives the JVM. */
	public static final StoreSettings MEMORY = new StoreSettings(Kind.MEMORY, null, Sync.INTERVAL,
			Duration.ofMillis(10), Duration.ofMillis(250), Duration.ofSeconds(5));

	/**
	 * Keep messages in a file that is named after the client, forced every 10 ms.
	 * @param directory directory of the file, created if it does not exist; clients may
	 * share it
	 * @return the settings
	 */
	public static StoreSettings file(Path directory) {
		Assert.notNull(directory, "'directory' must not be null");
		return MEMORY.withKind(Kind.FILE).withDirectory(directory);
	}

	/**
	 * Return a copy with the given {@code kind}.
	 * @param kind place of accepted messages
	 * @return the copy
	 */
	public StoreSettings withKind(Kind kind) {
		return new StoreSettings(kind, this.directory, this.sync, this.syncInterval, this.pollInterval,
				this.storeTimeout);
	}

	/**
	 * Return a copy with the given {@code directory}.
	 * @param directory directory of the file; required with {@code FILE}; by default none
	 * @return the copy
	 */
	public StoreSettings withDirectory(@Nullable Path directory) {
		return new StoreSettings(this.kind, directory, this.sync, this.syncInterval, this.pollInterval,
				this.storeTimeout);
	}

	/**
	 * Return a copy with the given {@code sync}.
	 * @param sync when the file is forced to the disk
	 * @return the copy
	 */
	public StoreSettings withSync(Sync sync) {
		return new StoreSettings(this.kind, this.directory, sync, this.syncInterval, this.pollInterval,
				this.storeTimeout);
	}

	/**
	 * Return a copy with the given {@code sync-interval}.
	 * @param syncInterval time between two forces with {@code INTERVAL}
	 * @return the copy
	 */
	public StoreSettings withSyncInterval(Duration syncInterval) {
		return new StoreSettings(this.kind, this.directory, this.sync, syncInterval, this.pollInterval,
				this.storeTimeout);
	}

	/**
	 * Return a copy with the given {@code poll-interval}.
	 * @param pollInterval longest time between two looks for messages that other
	 * instances have accepted
	 * @return the copy
	 */
	public StoreSettings withPollInterval(Duration pollInterval) {
		return new StoreSettings(this.kind, this.directory, this.sync, this.syncInterval, pollInterval,
				this.storeTimeout);
	}

	/**
	 * Return a copy with the given {@code store-timeout}.
	 * @param storeTimeout longest wait of {@code send} for the commit
	 * @return the copy
	 */
	public StoreSettings withStoreTimeout(Duration storeTimeout) {
		return new StoreSettings(this.kind, this.directory, this.sync, this.syncInterval, this.pollInterval,
				storeTimeout);
	}

	/**
	 * Place of accepted messages.
	 */
	public enum Kind {

		/** In memory only. */
		MEMORY,

		/** In a file. */
		FILE,

		/** In tables of a database that several instances of the application share. */
		JDBC

	}

	/**
	 * Policies for forcing a file to the disk. With each policy a message is committed
	 * before {@code send} returns, and survives a killed JVM.
	 */
	public enum Sync {

		/** Before {@code send} returns: survives a power cut. */
		ALWAYS,

		/**
		 * Every interval: a power cut loses at most the messages of one interval and one
		 * force.
		 */
		INTERVAL,

		/** When the operating system decides: a power cut may lose the file. */
		NEVER

	}

}
