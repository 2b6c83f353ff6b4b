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
 * What a session of the Jakarta API can do beyond Spring's.
 */
final class Sessions {

	private static final Log logger = LogFactory.getLog(Sessions.class);

	private static final boolean JAKARTA = ClassUtils.isPresent("jakarta.websocket.Session",
			Sessions.class.getClassLoader());

	private Sessions() {
	}

	/**
	 * Bound how long Tomcat may block; other containers do not know these properties.
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
	 * Return whether the closing handshake is over. {@code isOpen()} tells less.
	 * @param session the session
	 * @return whether nothing of the session works any more
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
	 * Begin the closing handshake. Blocks while the socket takes nothing.
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
	 * instead; also that of a send which is stalled. May block with other containers.
	 * @param session the session
	 */
	static void abort(WebSocketSession session) {
		Thread.currentThread().interrupt();
		try {
			// 1000 may block for as long as a send may
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
