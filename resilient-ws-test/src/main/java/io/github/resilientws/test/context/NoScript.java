package io.github.resilientws.test.context;

import java.util.function.Consumer;

import io.github.resilientws.test.TestWebSocketServer;

/**
 * Leaves a server as it is: it accepts everybody and answers pings.
 */
final class NoScript implements Consumer<TestWebSocketServer> {

	@Override
	public void accept(TestWebSocketServer server) {
		// accepting is what it does by itself
	}

}
