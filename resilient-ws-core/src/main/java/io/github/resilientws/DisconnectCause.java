package io.github.resilientws;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Why a connection was lost or an attempt failed.
 *
 * @since 0.1
 */
public sealed interface DisconnectCause {

	/**
	 * Describe the cause in a few words for logs and health. The text holds no secret;
	 * control characters sent by the peer are escaped.
	 * @return the description
	 */
	default String describe() {
		return CauseDescription.of(this);
	}

	/**
	 * The WebSocket was closed, with or without a close frame.
	 *
	 * @param code close code (RFC 6455, section 7.4); 1005 for a close frame without one,
	 * 1006 for an end without a close frame
	 * @param reason reason in the close frame, or a description if no close frame arrived
	 * @param byPeer whether the peer ended the connection
	 */
	record Closed(int code, String reason, boolean byPeer) implements DisconnectCause {

		@Override
		public String toString() {
			return describe();
		}

	}

	/**
	 * The server answered the opening handshake with another status than 101.
	 *
	 * @param status HTTP status
	 * @param headers headers of the answer; names are found in any case
	 */
	record HandshakeRefused(int status, Map<String, List<String>> headers) implements DisconnectCause {

		/**
		 * Copies the headers.
		 * @param status status code of the answer
		 * @param headers headers of the answer; names are found in any case
		 */
		public HandshakeRefused(int status, Map<String, List<String>> headers) {
			Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
			copy.putAll(headers);
			this.status = status;
			this.headers = Collections.unmodifiableMap(copy);
		}

		@Override
		public String toString() {
			return "HandshakeRefused[status=" + this.status + "]";
		}

	}

	/**
	 * No connection was opened: the name look-up, TCP or TLS failed,
	 * {@code connect-timeout} ended, or the answer is not a valid handshake (a
	 * {@link WebSocketHandshakeException}).
	 *
	 * @param failure the exception
	 */
	record ConnectFailed(Throwable failure) implements DisconnectCause {

		@Override
		public String toString() {
			return describe();
		}

	}

	/**
	 * A {@link HandshakeCustomizer} failed, or the attempt lacks a URL or a value of a
	 * template.
	 *
	 * @param failure the exception
	 */
	record SupplyFailed(Throwable failure) implements DisconnectCause {

		@Override
		public String toString() {
			return describe();
		}

	}

	/**
	 * The peer did not answer heartbeats, or sent no data for too long.
	 */
	record HeartbeatLost() implements DisconnectCause {

	}

	/**
	 * Writing to the socket failed.
	 *
	 * @param failure the exception
	 */
	record WriteFailed(Throwable failure) implements DisconnectCause {

		@Override
		public String toString() {
			return describe();
		}

	}

	/**
	 * Another instance may have the line of the client now ({@code cluster.mode: one}).
	 *
	 * @param reason why, in a few words; empty if the election does not say
	 */
	record OwnershipLost(String reason) implements DisconnectCause {

	}

	/**
	 * The application asked for the end of the connection.
	 */
	record Requested() implements DisconnectCause {

	}

}
