package io.github.resilientws.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * Spring's {@code StandardWebSocketClient} on Tomcat. Its sessions allow one sender at a
 * time.
 */
final class SpringEngine implements Engine {

	private final ReentrantLock lock = new ReentrantLock();

	private @Nullable WebSocketSession session;

	@Override
	public void connect(URI url, Inbox inbox) throws Exception {
		TextWebSocketHandler handler = new TextWebSocketHandler() {

			@Override
			protected void handleTextMessage(WebSocketSession session, TextMessage message) {
				inbox.received(message.getPayload());
			}

		};
		this.session = new StandardWebSocketClient().execute(handler, new WebSocketHttpHeaders(), url)
			.get(10, TimeUnit.SECONDS);
	}

	@Override
	public void send(String text) {
		this.lock.lock();
		try {
			session().sendMessage(new TextMessage(text));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void close() throws Exception {
		session().close();
	}

	private WebSocketSession session() {
		if (this.session == null) {
			throw new IllegalStateException("not connected");
		}
		return this.session;
	}

	@Override
	public String toString() {
		return "spring";
	}

}
