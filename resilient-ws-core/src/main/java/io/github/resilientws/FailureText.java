package io.github.resilientws;

import java.io.EOFException;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

import javax.net.ssl.SSLException;

import org.jspecify.annotations.Nullable;

/**
 * Describes exceptions of attempts, writes and customizers. Their messages may quote URLs
 * and tokens, so they are searched for known words but never passed on.
 */
final class FailureText {

	static final String TIMED_OUT = "connect timed out";

	private static final int MAX_DEPTH = 16;

	private static final String CLOSED = "connection closed before the server answered";

	private FailureText() {
	}

	/**
	 * Describe a failure.
	 * @param failure the exception
	 * @return a few words for people, or {@code null} if the failure is of an unknown
	 * kind
	 */
	static @Nullable String of(Throwable failure) {
		List<Throwable> chain = chain(failure);
		for (Throwable next : chain) {
			String own = ownWords(next);
			if (own != null) {
				return own;
			}
		}
		String tls = TlsFailure.describe(chain);
		if (tls != null) {
			return tls;
		}
		// deeper causes are more precise
		for (int i = chain.size() - 1; i >= 0; i--) {
			String known = ofNetwork(chain.get(i));
			if (known != null) {
				return known;
			}
		}
		if (chain.stream().anyMatch(SSLException.class::isInstance)) {
			return "TLS handshake failed";
		}
		// a reset often follows from another failure
		return chain.stream().anyMatch(FailureText::isClosed) ? CLOSED : null;
	}

	private static List<Throwable> chain(Throwable failure) {
		List<Throwable> chain = new ArrayList<>();
		for (Throwable next = failure; next != null && chain.size() < MAX_DEPTH; next = next.getCause()) {
			chain.add(next);
		}
		return chain;
	}

	private static @Nullable String ownWords(Throwable failure) {
		if (failure instanceof DescribedFailure described) {
			return described.getDescription();
		}
		if (failure instanceof WebSocketHandshakeException handshake) {
			return switch (handshake.getProblem()) {
				case WRONG_ACCEPT_KEY -> "wrong accept key in the server's answer";
				case MISSING_SUBPROTOCOL -> "the server chose none of the requested subprotocols";
				case UNASKED_SUBPROTOCOL -> "the server chose a subprotocol that was not requested";
				case UNASKED_EXTENSION -> "the server chose an extension that was not requested";
				case MALFORMED -> "the server's answer is not a WebSocket handshake";
			};
		}
		return (failure instanceof WebSocketProxyException proxy) ? ofProxy(proxy) : null;
	}

	private static String ofProxy(WebSocketProxyException failure) {
		String problem = switch (failure.getProblem()) {
			case UNREACHABLE -> "proxy unreachable";
			case UNAUTHORIZED -> "proxy wants other credentials";
			case REFUSED -> "proxy refused the way to the server";
			case CLOSED -> "proxy closed the connection";
			case TIMED_OUT -> "proxy timed out";
			case MALFORMED -> "the proxy's answer is malformed";
		};
		String reason = (failure.getCause() != null) ? of(failure.getCause()) : null;
		return problem + ((failure.getStatus() != 0) ? " (status " + failure.getStatus() + ")" : "")
				+ ((reason != null && failure.getProblem() == WebSocketProxyException.Problem.UNREACHABLE)
						? ": " + reason : "");
	}

	private static @Nullable String ofNetwork(Throwable failure) {
		String message = lowerCase(failure);
		if (failure instanceof UnknownHostException || failure instanceof UnresolvedAddressException) {
			return "unknown host";
		}
		if (isTimeout(failure)) {
			return TIMED_OUT;
		}
		if (failure instanceof NoRouteToHostException || failure instanceof ConnectException) {
			return ofConnect(failure, message);
		}
		if (failure instanceof BindException) {
			return "no local address available";
		}
		if (failure instanceof RejectedExecutionException) {
			return "the application is shutting down";
		}
		boolean reset = message.contains("connection reset") || message.contains("broken pipe");
		return (failure instanceof IOException && reset) ? "connection reset" : null;
	}

	// by name, because Netty's types are not always on the class path
	private static boolean isTimeout(Throwable failure) {
		return failure instanceof SocketTimeoutException || failure instanceof TimeoutException
				|| failure.getClass().getSimpleName().endsWith("TimeoutException");
	}

	private static String ofConnect(Throwable failure, String message) {
		if (message.contains("unreachable")) {
			return "network unreachable";
		}
		if (failure instanceof NoRouteToHostException) {
			return "no route to host";
		}
		return message.contains("timed out") ? TIMED_OUT : "connection refused";
	}

	private static boolean isClosed(Throwable failure) {
		String message = lowerCase(failure);
		return failure instanceof ClosedChannelException || failure instanceof EOFException
				|| failure.getClass().getSimpleName().equals("PrematureChannelClosureException")
				|| (failure instanceof IOException && (message.contains("closed before")
						|| message.contains("ended before") || message.contains("without a close frame")));
	}

	private static String lowerCase(Throwable failure) {
		return String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
	}

}
