package io.github.resilientws.store;

import java.time.Duration;

/**
 * Receives the durations of the operations of stores.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface StoreMonitor {

	/** Ignores them. */
	StoreMonitor NONE = (client, operation, success, duration) -> {
	};

	/**
	 * An operation was completed. Called on a thread of the store; must not block.
	 * @param client name of the client
	 * @param operation {@code append}, {@code remove}, {@code look}, {@code end} or
	 * {@code find}. An {@code append} may remove messages, too
	 * @param success whether it succeeded
	 * @param duration how long it took
	 */
	void completed(String client, String operation, boolean success, Duration duration);

}
