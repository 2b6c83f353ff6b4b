package io.github.resilientws.test.context;

import java.util.function.Consumer;

import io.github.resilientws.test.TestWebSocketServer;

/**
 * Keeps the default of a server: it accepts all handshakes and answers pings.
 */
final class NoScript implements Consumer<TestWebSocketServer> {

	@Override
	public void accept(TestWebSocketServer server) {
		// the server accepts by default
	}

}
