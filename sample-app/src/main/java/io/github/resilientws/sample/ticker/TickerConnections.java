package io.github.resilientws.sample.ticker;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpRequest;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.handler.WebSocketHandlerDecorator;
import org.springframework.web.socket.handler.WebSocketHandlerDecoratorFactory;
import org.springframework.web.socket.server.HandshakeInterceptor;

import io.github.resilientws.sample.server.DemoServer;
import io.github.resilientws.sample.server.Fault;
import io.github.resilientws.sample.server.FaultBegun;

/**
 * Drops the connections of the ticker together with those of the demo server. The page
 * uses the same port, so handshakes are refused instead of closing it.
 */
@Component
class TickerConnections implements WebSocketHandlerDecoratorFactory, HandshakeInterceptor {

	private static final Log logger = LogFactory.getLog(TickerConnections.class);

	private final DemoServer server;

	private final Set<WebSocketSession> sessions = ConcurrentHashMap.newKeySet();

	TickerConnections(DemoServer server) {
		this.server = server;
	}

	@EventListener
	void onFault(FaultBegun event) {
		if (event.fault() == Fault.DROP) {
			this.sessions.forEach(TickerConnections::close);
		}
	}

	private static void close(WebSocketSession session) {
		try {
			session.close(CloseStatus.GOING_AWAY);
		}
		catch (IOException ex) {
			logger.debug("Already closed", ex);
		}
	}

	@Override
	public boolean beforeHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			Map<String, Object> attributes) {
		boolean down = Fault.DROP.id().equals(this.server.status().fault());
		if (down) {
			response.setStatusCode(HttpStatus.SERVICE_UNAVAILABLE);
		}
		return !down;
	}

	@Override
	public void afterHandshake(ServerHttpRequest request, ServerHttpResponse response, WebSocketHandler handler,
			@Nullable Exception exception) {
	}

	@Override
	public WebSocketHandler decorate(WebSocketHandler handler) {
		return new WebSocketHandlerDecorator(handler) {

			@Override
			public void afterConnectionEstablished(WebSocketSession session) throws Exception {
				TickerConnections.this.sessions.add(session);
				super.afterConnectionEstablished(session);
			}

			@Override
			public void afterConnectionClosed(WebSocketSession session, CloseStatus status) throws Exception {
				TickerConnections.this.sessions.remove(session);
				super.afterConnectionClosed(session, status);
			}

		};
	}

}
