package io.github.resilientws.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Accepts a handshake, correctly or with a scripted fault.
 *
 * @param keySuffix text that is hashed with the client's key (RFC 6455, section 4.2.2)
 * @param subprotocol subprotocol to choose: empty for none, {@code null} for the first
 * requested one
 * @param extension extension to choose, or {@code null}
 * @param delay delay of the answer
 * @param greeting frames to send with the answer
 * @param afterwards called when the answer was sent
 */
record AcceptHandshake(String keySuffix, @Nullable String subprotocol, @Nullable String extension, Duration delay,
		byte[] greeting, Consumer<ServerConnection> afterwards) implements HandshakeAnswer {

	private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	AcceptHandshake() {
		this(GUID, null, null, Duration.ZERO, new byte[0], (connection) -> {
		});
	}

	AcceptHandshake withWrongKey() {
		return new AcceptHandshake("wrong", this.subprotocol, this.extension, this.delay, this.greeting,
				this.afterwards);
	}

	AcceptHandshake withSubprotocol(String subprotocol) {
		return new AcceptHandshake(this.keySuffix, subprotocol, this.extension, this.delay, this.greeting,
				this.afterwards);
	}

	AcceptHandshake withExtension(String extension) {
		return new AcceptHandshake(this.keySuffix, this.subprotocol, extension, this.delay, this.greeting,
				this.afterwards);
	}

	AcceptHandshake withDelay(Duration delay) {
		return new AcceptHandshake(this.keySuffix, this.subprotocol, this.extension, delay, this.greeting,
				this.afterwards);
	}

	AcceptHandshake withGreeting(byte[] greeting) {
		return new AcceptHandshake(this.keySuffix, this.subprotocol, this.extension, this.delay, greeting,
				this.afterwards);
	}

	AcceptHandshake withAfterwards(Consumer<ServerConnection> afterwards) {
		return new AcceptHandshake(this.keySuffix, this.subprotocol, this.extension, this.delay, this.greeting,
				afterwards);
	}

	@Override
	public void answer(ServerConnection connection) throws IOException {
		byte[] head = head(connection.readHandshake()).getBytes(StandardCharsets.ISO_8859_1);
		if (this.extension != null && this.extension.startsWith("permessage-deflate")) {
			connection.inflate();
		}
		connection.open(Frames.concat(head, this.greeting), this.delay, this.afterwards);
	}

	private String head(ReceivedHandshake request) {
		StringBuilder head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
		head.append("Upgrade: websocket\r\nConnection: Upgrade\r\n");
		head.append("Sec-WebSocket-Accept: ").append(acceptKey(request)).append("\r\n");
		String chosen = (this.subprotocol != null) ? this.subprotocol : firstRequested(request);
		if (!chosen.isEmpty()) {
			head.append("Sec-WebSocket-Protocol: ").append(chosen).append("\r\n");
		}
		if (this.extension != null) {
			head.append("Sec-WebSocket-Extensions: ").append(this.extension).append("\r\n");
		}
		return head.append("\r\n").toString();
	}

	private String acceptKey(ReceivedHandshake request) {
		try {
			String key = request.header("sec-websocket-key") + this.keySuffix;
			byte[] hash = MessageDigest.getInstance("SHA-1").digest(key.getBytes(StandardCharsets.ISO_8859_1));
			return Base64.getEncoder().encodeToString(hash);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String firstRequested(ReceivedHandshake request) {
		String requested = request.header("sec-websocket-protocol");
		return (requested != null) ? requested.split(",")[0].trim() : "";
	}

}
