package io.github.resilientws.transport.spring;

import java.io.IOException;
import java.util.Map;

import jakarta.websocket.Session;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;
import org.springframework.web.socket.adapter.NativeWebSocketSession;

/**
 * Functions of Jakarta sessions that Spring's sessions lack.
 */
final class Sessions {

	private static final Log logger = LogFactory.getLog(Sessions.class);

	private static final boolean JAKARTA = ClassUtils.isPresent("jakarta.websocket.Session",
			Sessions.class.getClassLoader());

	private Sessions() {
	}

	/**
	 * Limit how long Tomcat may block; other containers ignore these properties.
	 * @param session the session
	 * @param sendMillis limit of one send
	 * @param closeMillis limit of the wait for the peer's close frame
	 */
	static void limit(WebSocketSession session, long sendMillis, long closeMillis) {
		Session standard = standard(session);
		if (standard != null) {
			Map<String, Object> properties = standard.getUserProperties();
			properties.put("org.apache.tomcat.websocket.BLOCKING_SEND_TIMEOUT", sendMillis);
			properties.put("org.apache.tomcat.websocket.SESSION_CLOSE_TIMEOUT", closeMillis);
		}
	}

	/**
	 * Return whether the closing handshake is complete, which {@code isOpen()} does not
	 * show.
	 * @param session the session
	 * @return whether the session is closed completely
	 */
	static boolean isClosed(WebSocketSession session) {
		Session standard = standard(session);
		if (standard == null) {
			return !session.isOpen();
		}
		try {
			standard.getMaxIdleTimeout();
			return false;
		}
		catch (IllegalStateException ex) {
			return true;
		}
	}

	/**
	 * Start the closing handshake. Blocks while the socket takes no bytes.
	 * @param session the session
	 * @param status code and reason
	 */
	static void close(WebSocketSession session, CloseStatus status) {
		try {
			session.close(status);
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("Closing a session failed with " + ex.getClass().getName());
		}
	}

	/**
	 * End a session without a closing handshake. Tomcat waits for its turn to write the
	 * close frame, fails at once because the thread is interrupted, and closes the socket
	 * instead, even during a stalled send. May block with other containers.
	 * @param session the session
	 */
	static void abort(WebSocketSession session) {
		Thread.currentThread().interrupt();
		try {
			// status 1000 may block as long as a send
			close(session, CloseStatus.GOING_AWAY);
		}
		finally {
			Thread.interrupted();
		}
	}

	private static @Nullable Session standard(WebSocketSession session) {
		return (JAKARTA && session instanceof NativeWebSocketSession nativeSession)
				? nativeSession.getNativeSession(Session.class) : null;
	}

}
