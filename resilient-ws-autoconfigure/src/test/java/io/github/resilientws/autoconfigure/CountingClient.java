package io.github.resilientws.autoconfigure;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.client.WebSocketClient;

/**
 * A {@code WebSocketClient} of a user.
 */
final class CountingClient implements WebSocketClient {

	private final WebSocketClient delegate;

	private final AtomicInteger attempts;

	CountingClient(WebSocketClient delegate, AtomicInteger attempts) {
		this.delegate = delegate;
		this.attempts = attempts;
	}

	@Override
	public CompletableFuture<WebSocketSession> execute(WebSocketHandler handler, String template, Object... variables) {
		throw new UnsupportedOperationException();
	}

	@Override
	public CompletableFuture<WebSocketSession> execute(WebSocketHandler handler, WebSocketHttpHeaders headers,
			URI uri) {
		this.attempts.incrementAndGet();
		return this.delegate.execute(handler, headers, uri);
	}

}
