package io.github.resilientws.test;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * The request of an opening handshake.
 *
 * @param nanos time of the read, as {@link System#nanoTime()}
 * @param connection number of the connection, from 1 in order of acceptance
 * @param path path and query
 * @param headers headers, names in lower case
 * @since 0.1
 */
public record ReceivedHandshake(long nanos, int connection, String path, Map<String, List<String>> headers) {

	static ReceivedHandshake parse(long nanos, int connection, String head) {
		String[] lines = head.split("\r\n");
		String[] requestLine = lines[0].split(" ");
		Map<String, List<String>> headers = new TreeMap<>();
		for (int i = 1; i < lines.length; i++) {
			int colon = lines[i].indexOf(':');
			if (colon > 0) {
				String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
				headers.computeIfAbsent(name, (key) -> new ArrayList<>()).add(lines[i].substring(colon + 1).trim());
			}
		}
		return new ReceivedHandshake(nanos, connection, (requestLine.length > 1) ? requestLine[1] : "", headers);
	}

	/**
	 * Return a header.
	 * @param name its name, in lower case
	 * @return its first value, or {@code null}
	 */
	public @Nullable String header(String name) {
		List<String> values = this.headers.get(name);
		return (values != null) ? values.get(0) : null;
	}

}
