package io.github.resilientws.benchmarks.engine;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

/**
 * The client of the JDK. It allows one text at a time, so a sender waits for its text.
 */
final class JdkEngine implements Engine {

	private final HttpClient client = HttpClient.newHttpClient();

	@Override
	public Connection connect(URI url, Inbox inbox) throws Exception {
		WebSocket socket = this.client.newWebSocketBuilder()
			.buildAsync(url, new Receiver(inbox))
			.get(60, TimeUnit.SECONDS);
		ReentrantLock lock = new ReentrantLock();
		return new Connection() {

			@Override
			public void send(String text) {
				lock.lock();
				try {
					socket.sendText(text, true).join();
				}
				finally {
					lock.unlock();
				}
			}

			@Override
			public void close() {
				socket.abort();
			}

		};
	}

	private static final class Receiver implements WebSocket.Listener {

		private final Inbox inbox;

		private final StringBuilder parts = new StringBuilder();

		Receiver(Inbox inbox) {
			this.inbox = inbox;
		}

		@Override
		public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			if (last && this.parts.isEmpty()) {
				this.inbox.received(data.toString());
			}
			else {
				this.parts.append(data);
				if (last) {
					this.inbox.received(this.parts.toString());
					this.parts.setLength(0);
				}
			}
			socket.request(1);
			return null;
		}

	}

}
