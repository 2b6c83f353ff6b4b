package io.github.resilientws.benchmarks.engine;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;

/**
 * The client of OkHttp. A sender waits while its queue is long, since it closes a
 * connection with 16 MB in it.
 */
final class OkHttpEngine implements Engine {

	private static final long HIGH_WATER_MARK = 1024 * 1024;

	private final OkHttpClient client = new OkHttpClient();

	@Override
	public Connection connect(URI url, Inbox inbox) throws Exception {
		CompletableFuture<Void> open = new CompletableFuture<>();
		WebSocket socket = this.client.newWebSocket(new Request.Builder().url(url.toString()).build(),
				new Receiver(inbox, open));
		open.get(60, TimeUnit.SECONDS);
		return new Connection() {

			@Override
			public void send(String text) {
				while (socket.queueSize() > HIGH_WATER_MARK) {
					LockSupport.parkNanos(20_000);
				}
				if (!socket.send(text)) {
					throw new IllegalStateException("the connection is closed");
				}
			}

			@Override
			public void close() {
				socket.cancel();
			}

		};
	}

	private static final class Receiver extends WebSocketListener {

		private final Inbox inbox;

		private final CompletableFuture<Void> open;

		Receiver(Inbox inbox, CompletableFuture<Void> open) {
			this.inbox = inbox;
			this.open = open;
		}

		@Override
		public void onOpen(WebSocket socket, Response response) {
			this.open.complete(null);
		}

		@Override
		public void onMessage(WebSocket socket, String text) {
			this.inbox.received(text);
		}

		@Override
		public void onFailure(WebSocket socket, Throwable ex, @Nullable Response response) {
			this.open.completeExceptionally(ex);
		}

	}

}
