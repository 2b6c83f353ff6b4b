package io.github.resilientws.settings;

import java.time.Duration;

/**
 * The default time-outs of a client, which all clients share.
 */
final class DefaultTimeouts {

	static final Duration CONNECT = Duration.ofSeconds(10);

	static final Duration CLOSE = Duration.ofSeconds(5);

	static final Duration SHUTDOWN = Duration.ofSeconds(10);

	private DefaultTimeouts() {
	}

}
