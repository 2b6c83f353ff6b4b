package io.github.resilientws.benchmarks.engine;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.client.WebSocketClient;

/**
 * The client of Jetty. A sender waits while many of its texts are on their way.
 */
final class JettyEngine implements Engine {

	private static final int MAX_PENDING = 1024;

	private final WebSocketClient client = new WebSocketClient();

	JettyEngine() throws Exception {
		this.client.setIdleTimeout(Duration.ZERO);
		this.client.start();
	}

	@Override
	public Connection connect(URI url, Inbox inbox) throws Exception {
		Session session = this.client.connect(new Receiver(inbox), url).get(60, TimeUnit.SECONDS);
		Semaphore pending = new Semaphore(MAX_PENDING);
		Callback release = Callback.from(pending::release, (ex) -> pending.release());
		return new Connection() {

			@Override
			public void send(String text) {
				pending.acquireUninterruptibly();
				session.sendText(text, release);
			}

			@Override
			public void close() {
				session.disconnect();
			}

		};
	}

	@Override
	public void close() throws Exception {
		this.client.stop();
	}

	/**
	 * Public, since Jetty calls it by reflection.
	 */
	public static final class Receiver implements Session.Listener.AutoDemanding {

		private final Inbox inbox;

		Receiver(Inbox inbox) {
			this.inbox = inbox;
		}

		@Override
		public void onWebSocketText(String text) {
			this.inbox.received(text);
		}

	}

}
