package io.github.resilientws.transport;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Headers of an answer to the opening handshake.
 *
 * @since 0.1
 */
public final class ResponseHeaders {

	private ResponseHeaders() {
	}

	/**
	 * Return a copy that cannot be changed and finds names in any case (RFC 9110, section
	 * 5.1).
	 * @param headers values by name
	 * @return the copy
	 */
	public static Map<String, List<String>> copyOf(Map<String, List<String>> headers) {
		Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
		return Collections.unmodifiableMap(copy);
	}

}
