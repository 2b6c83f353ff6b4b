package io.github.resilientws.sample.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The HTTP side of a WebSocket handshake.
 */
final class Handshakes {

	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private Handshakes() {
	}

	static String path(String head) {
		String[] requestLine = head.substring(0, head.indexOf("\r\n")).split(" ");
		return (requestLine.length > 1) ? requestLine[1] : "";
	}

	static @Nullable String key(String head) {
		for (String line : head.split("\r\n")) {
			if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
				return line.substring(line.indexOf(':') + 1).trim();
			}
		}
		return null;
	}

	static String accept(String key) {
		return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
				+ "Sec-WebSocket-Accept: " + acceptKey(key) + "\r\n\r\n";
	}

	static String refuse(String statusAndHeaders) {
		return "HTTP/1.1 " + statusAndHeaders + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
	}

	private static String acceptKey(String key) {
		try {
			byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(StandardCharsets.US_ASCII));
			return Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every JDK has SHA-1", ex);
		}
	}

}
