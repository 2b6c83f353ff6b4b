package io.github.resilientws.settings;

/**
 * Threads that the clients of an application share for listeners, observers and handshake
 * customizers.
 *
 * @param maxThreads largest number of platform threads, by default 64; ignored with
 * virtual threads
 * @since 0.1
 */
public record ListenerSettings(int maxThreads) {

	/** Default of {@code max-threads}; a constant, so that annotations can use it. */
	public static final int DEFAULT_MAX_THREADS = 64;

	/** At most 64 threads. */
	public static final ListenerSettings DEFAULTS = new ListenerSettings(DEFAULT_MAX_THREADS);

}
