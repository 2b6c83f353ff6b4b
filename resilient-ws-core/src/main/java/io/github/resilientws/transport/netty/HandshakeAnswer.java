package io.github.resilientws.transport.netty;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.WebSocketHandshakeException;
import io.github.resilientws.WebSocketHandshakeException.Problem;
import io.github.resilientws.transport.ResponseHeaders;

/**
 * Checks the server's answer to the opening handshake (RFC 6455, section 4.1).
 */
final class HandshakeAnswer {

	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private HandshakeAnswer() {
	}

	static void verify(HttpResponse answer, String key, List<String> subprotocols) throws WebSocketHandshakeException {
		HttpHeaders headers = answer.headers();
		List<String> upgrade = headers.getAll(HttpHeaderNames.UPGRADE);
		if (!answer.protocolVersion().equals(HttpVersion.HTTP_1_1) || upgrade.size() != 1
				|| !HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(upgrade.get(0).trim())
				|| !headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
			throw new WebSocketHandshakeException(Problem.MALFORMED, "101 without an upgrade to WebSocket");
		}
		List<String> accept = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT);
		if (accept.size() > 1) {
			throw new WebSocketHandshakeException(Problem.MALFORMED, "more than one Sec-WebSocket-Accept");
		}
		if (accept.isEmpty() || !accept.get(0).trim().equals(accept(key))) {
			throw new WebSocketHandshakeException(Problem.WRONG_ACCEPT_KEY,
					"Sec-WebSocket-Accept does not fit the key of the request");
		}
		verifySubprotocol(chosenSubprotocol(headers), subprotocols);
	}

	static String accept(String key) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-1");
			byte[] hash = digest.digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
			return Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-1", ex);
		}
	}

	static Map<String, List<String>> headersOf(HttpResponse answer) {
		Map<String, List<String>> headers = new LinkedHashMap<>();
		answer.headers()
			.iteratorAsString()
			.forEachRemaining((header) -> headers
				.computeIfAbsent(header.getKey().toLowerCase(Locale.ROOT), (name) -> new ArrayList<>())
				.add(header.getValue()));
		return ResponseHeaders.copyOf(headers);
	}

	private static @Nullable String chosenSubprotocol(HttpHeaders headers) throws WebSocketHandshakeException {
		List<String> values = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL);
		if (values.size() > 1) {
			throw new WebSocketHandshakeException(Problem.MALFORMED, "more than one Sec-WebSocket-Protocol");
		}
		return (!values.isEmpty() && !values.get(0).isBlank()) ? values.get(0).trim() : null;
	}

	private static void verifySubprotocol(@Nullable String chosen, List<String> requested)
			throws WebSocketHandshakeException {
		if (chosen == null && !requested.isEmpty()) {
			throw new WebSocketHandshakeException(Problem.MISSING_SUBPROTOCOL,
					"none of the requested subprotocols was chosen");
		}
		if (chosen != null && !requested.contains(chosen)) {
			throw new WebSocketHandshakeException(Problem.UNASKED_SUBPROTOCOL,
					"a subprotocol was chosen that was not requested");
		}
	}

}
