package io.github.resilientws.benchmarks.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;
import org.springframework.web.socket.handler.TextWebSocketHandler;

/**
 * Spring's {@code StandardWebSocketClient} on Tomcat. Its sessions allow one sender at a
 * time.
 */
class SpringEngine implements Engine {

	private static final int MAX_MESSAGE_SIZE = 65_536;

	private final StandardWebSocketClient client;

	SpringEngine() {
		WebSocketContainer container = ContainerProvider.getWebSocketContainer();
		container.setDefaultMaxTextMessageBufferSize(MAX_MESSAGE_SIZE);
		this.client = new StandardWebSocketClient(container);
	}

	@Override
	public Connection connect(URI url, Inbox inbox) throws Exception {
		TextWebSocketHandler handler = new TextWebSocketHandler() {

			@Override
			protected void handleTextMessage(WebSocketSession session, TextMessage message) {
				inbox.received(message.getPayload());
			}

		};
		return connection(this.client.execute(handler, new WebSocketHttpHeaders(), url).get(60, TimeUnit.SECONDS));
	}

	Connection connection(WebSocketSession session) {
		ReentrantLock lock = new ReentrantLock();
		return new SessionConnection(session) {

			@Override
			public void send(String text) {
				lock.lock();
				try {
					super.send(text);
				}
				finally {
					lock.unlock();
				}
			}

		};
	}

	/**
	 * Sends by a session.
	 */
	static class SessionConnection implements Connection {

		private final WebSocketSession session;

		SessionConnection(WebSocketSession session) {
			this.session = session;
		}

		@Override
		public void send(String text) {
			try {
				this.session.sendMessage(new TextMessage(text));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		@Override
		public void close() throws Exception {
			this.session.close();
		}

	}

}
