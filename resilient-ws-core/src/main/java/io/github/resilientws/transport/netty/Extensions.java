package io.github.resilientws.transport.netty;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.resilientws.WebSocketHandshakeException;
import io.github.resilientws.WebSocketHandshakeException.Problem;

/**
 * The server's choice of the offered extensions (RFC 7692, section 7.1).
 *
 * @param compression whether messages may be compressed
 * @param contextTakeover whether messages of the server may refer to earlier ones
 */
record Extensions(boolean compression, boolean contextTakeover) {

	static final Extensions NONE = new Extensions(false, false);

	/**
	 * No context takeover in both directions, or else at least from the client. Without
	 * {@code client_max_window_bits}: the deflater of the JDK has one window size.
	 */
	static final String OFFER = "permessage-deflate; client_no_context_takeover; server_no_context_takeover, "
			+ "permessage-deflate; client_no_context_takeover";

	private static final String NO_CONTEXT_TAKEOVER = "server_no_context_takeover";

	private static final Pattern PARAMETER = Pattern
		.compile("(?:server|client)_no_context_takeover|server_max_window_bits=(?:[89]|1[0-5]|\"(?:[89]|1[0-5])\")");

	/**
	 * Read the server's choice.
	 * @param values values of {@code Sec-WebSocket-Extensions}
	 * @param offered whether anything was offered
	 * @return the choice
	 * @throws WebSocketHandshakeException if the server chose an extension that was not
	 * offered
	 */
	static Extensions chosen(List<String> values, boolean offered) throws WebSocketHandshakeException {
		// a list may have empty elements (RFC 9110, section 5.6.1.2)
		List<String> chosen = values.stream()
			.flatMap((value) -> Arrays.stream(value.split(",")))
			.filter((element) -> !element.isBlank())
			.toList();
		if (chosen.isEmpty()) {
			return NONE;
		}
		if (!offered) {
			throw unasked("an extension was chosen, but none requested");
		}
		List<String> elements = Arrays.stream(String.join(",", chosen).split(";", -1))
			.map((element) -> element.trim().toLowerCase(Locale.ROOT))
			.toList();
		if (!elements.get(0).equals("permessage-deflate")) {
			throw unasked("another extension was chosen than permessage-deflate");
		}
		Set<String> parameters = new HashSet<>();
		for (String parameter : elements.subList(1, elements.size())) {
			String normalized = parameter.replaceAll("\\s*=\\s*", "=");
			String name = normalized.split("=", 2)[0];
			if (!PARAMETER.matcher(normalized).matches() || !parameters.add(name)) {
				throw unasked("a parameter of permessage-deflate was not requested, or is invalid");
			}
		}
		return new Extensions(true, !parameters.contains(NO_CONTEXT_TAKEOVER));
	}

	private static WebSocketHandshakeException unasked(String message) {
		return new WebSocketHandshakeException(Problem.UNASKED_EXTENSION, message);
	}

}
