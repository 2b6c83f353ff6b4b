package io.github.resilientws.benchmarks.engine;

import io.github.resilientws.ResilientWebSocketClient;

/**
 * This project with acknowledged delivery, a window of 1,024, the default envelope and
 * acknowledgements.
 */
final class AtLeastOnceEngine extends ResilientEngine {

	private static final int WINDOW = 1024;

	@Override
	ResilientWebSocketClient.Builder configure(ResilientWebSocketClient.Builder builder) {
		return builder.delivery((delivery) -> delivery.atLeastOnce().withWindow(WINDOW));
	}

	@Override
	Connection connection(ResilientWebSocketClient client) {
		return new ClientConnection(client) {

			@Override
			public boolean isAcknowledged() {
				return true;
			}

			@Override
			public void sendAndWait(String text) {
				client.send(text).join();
			}

		};
	}

}
