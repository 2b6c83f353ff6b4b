package io.github.resilientws.benchmarks.engine;

import java.util.concurrent.locks.LockSupport;

import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.ConcurrentWebSocketSessionDecorator;

/**
 * Spring's client behind {@code ConcurrentWebSocketSessionDecorator}, which buffers what
 * a second sender sends meanwhile, and closes the session when the buffer is full.
 */
final class DecoratedSpringEngine extends SpringEngine {

	private static final int SEND_TIME_LIMIT = 30_000;

	private static final int BUFFER_SIZE_LIMIT = 16 * 1024 * 1024;

	private static final int HIGH_WATER_MARK = 1024 * 1024;

	@Override
	Connection connection(WebSocketSession session) {
		ConcurrentWebSocketSessionDecorator decorator = new ConcurrentWebSocketSessionDecorator(session,
				SEND_TIME_LIMIT, BUFFER_SIZE_LIMIT);
		return new SessionConnection(decorator) {

			@Override
			public void send(String text) {
				while (decorator.getBufferSize() > HIGH_WATER_MARK) {
					LockSupport.parkNanos(20_000);
				}
				super.send(text);
			}

		};
	}

}
