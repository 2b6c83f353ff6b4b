package io.github.resilientws.autoconfigure;

import java.net.URI;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.client.WebSocketClient;

/**
 * A {@code WebSocketClient} of a user, which writes down the threads that call it.
 */
final class RecordingClient implements WebSocketClient {

	private final WebSocketClient delegate;

	private final Queue<Thread> threads;

	RecordingClient(WebSocketClient delegate, Queue<Thread> threads) {
		this.delegate = delegate;
		this.threads = threads;
	}

	@Override
	public CompletableFuture<WebSocketSession> execute(WebSocketHandler handler, String template, Object... variables) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<WebSocketSession> execute(WebSocketHandler handler, WebSocketHttpHeaders headers,
			URI uri) {
		this.threads.add(Thread.currentThread());
		return this.delegate.execute(handler, headers, uri);
	}

}
