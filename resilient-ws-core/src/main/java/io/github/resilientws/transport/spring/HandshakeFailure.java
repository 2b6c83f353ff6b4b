package io.github.resilientws.transport.spring;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.WebSocketHandshakeException;
import io.github.resilientws.WebSocketHandshakeException.Problem;

/**
 * Translates the failure of a container. Tomcat reports the status of a refusal only in
 * the text of its exception, in the language of the JVM, in square brackets, and that of
 * a redirect not at all. None of its texts is passed on, because they quote URLs and
 * headers.
 */
final class HandshakeFailure {

	private static final int UNAUTHORIZED = 401;

	private static final int FOUND = 302;

	private static final Pattern BRACKETS = Pattern.compile("\\[([^\\]]*)]");

	private static final Pattern STATUS = Pattern.compile("[1-5]\\d\\d");

	private static final Pattern COUNT = Pattern.compile("\\d{1,2}");

	private HandshakeFailure() {
	}

	/**
	 * Translate a failure.
	 * @param failure exception of the attempt
	 * @param host host of the URL
	 * @return the cause
	 */
	static DisconnectCause from(Throwable failure, String host) {
		Throwable cause = failure;
		while (isWrapper(cause)) {
			OptionalInt status = status(String.valueOf(cause.getMessage()));
			if (isDeploymentException(cause) && status.isPresent()) {
				return new DisconnectCause.HandshakeRefused(status.getAsInt(), Map.of());
			}
			if (cause.getCause() == null) {
				break;
			}
			cause = cause.getCause();
		}
		if (cause.getClass().getSimpleName().equals("AuthenticationException")) {
			return new DisconnectCause.HandshakeRefused(UNAUTHORIZED, Map.of());
		}
		return new DisconnectCause.ConnectFailed(exception(cause, host));
	}

	/**
	 * Find the status of a refusal.
	 * @param text text of Tomcat's exception
	 * @return the status; 302 for any redirect
	 */
	static OptionalInt status(String text) {
		List<String> values = BRACKETS.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
		if (!values.isEmpty() && STATUS.matcher(values.get(0)).matches()) {
			return OptionalInt.of(Integer.parseInt(values.get(0)));
		}
		boolean redirect = values.size() == 3 && values.get(0).startsWith("ws")
				&& values.stream().skip(1).allMatch((value) -> COUNT.matcher(value).matches());
		return redirect ? OptionalInt.of(FOUND) : OptionalInt.empty();
	}

	private static boolean isWrapper(Throwable failure) {
		return isDeploymentException(failure) || failure instanceof CompletionException
				|| failure instanceof ExecutionException;
	}

	private static boolean isDeploymentException(Throwable failure) {
		return failure.getClass().getName().equals("jakarta.websocket.DeploymentException");
	}

	private static Throwable exception(Throwable cause, String host) {
		if (cause instanceof UnresolvedAddressException) {
			return new UnknownHostException(host);
		}
		if (cause instanceof EOFException) {
			return new EOFException("the connection ended before the server's answer");
		}
		if (cause instanceof TimeoutException) {
			return new SocketTimeoutException("the server did not answer in time");
		}
		if (isDeploymentException(cause) || cause instanceof IllegalArgumentException
				|| cause instanceof URISyntaxException) {
			return new WebSocketHandshakeException(Problem.MALFORMED, "the server's answer cannot be used");
		}
		return (cause instanceof IOException) ? cause
				: new IOException("the WebSocket client failed with " + cause.getClass().getName());
	}

}
