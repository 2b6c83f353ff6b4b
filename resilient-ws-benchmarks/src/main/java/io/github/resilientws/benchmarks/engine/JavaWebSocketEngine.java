package io.github.resilientws.benchmarks.engine;

import java.net.URI;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.java_websocket.WebSocketImpl;
import org.java_websocket.client.WebSocketClient;
import org.java_websocket.handshake.ServerHandshake;

/**
 * The client of Java-WebSocket. A sender waits while its queue, which has no bound, is
 * long.
 */
final class JavaWebSocketEngine implements Engine {

	private static final int HIGH_WATER_MARK = 4096;

	@Override
	public Connection connect(URI url, Inbox inbox) throws Exception {
		WebSocketClient client = new Client(url, inbox);
		if (!client.connectBlocking(60, TimeUnit.SECONDS)) {
			throw new IllegalStateException("not connected");
		}
		BlockingQueue<?> queue = ((WebSocketImpl) client.getConnection()).outQueue;
		return new Connection() {

			@Override
			public void send(String text) {
				while (queue.size() > HIGH_WATER_MARK) {
					LockSupport.parkNanos(20_000);
				}
				client.send(text);
			}

			@Override
			public void close() {
				client.close();
			}

		};
	}

	private static final class Client extends WebSocketClient {

		private final Inbox inbox;

		Client(URI url, Inbox inbox) {
			super(url);
			this.inbox = inbox;
		}

		@Override
		public void onOpen(ServerHandshake handshake) {
		}

		@Override
		public void onMessage(String text) {
			this.inbox.received(text);
		}

		@Override
		public void onClose(int code, String reason, boolean remote) {
		}

		@Override
		public void onError(Exception ex) {
		}

	}

}
