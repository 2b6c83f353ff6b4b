package io.github.resilientws.test;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * A client that sees every byte.
 */
final class RawClient implements AutoCloseable {

	private final Socket socket;

	RawClient(TestWebSocketServer server) throws IOException {
		this.socket = new Socket("127.0.0.1", server.port());
		this.socket.setSoTimeout(5000);
		send(("GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
				+ "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
			.getBytes(StandardCharsets.ISO_8859_1));
	}

	void send(byte[] bytes) throws IOException {
		this.socket.getOutputStream().write(bytes);
	}

	String readHead() throws IOException {
		StringBuilder head = new StringBuilder();
		InputStream in = this.socket.getInputStream();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append((char) in.read());
		}
		return head.toString();
	}

	byte[] readToEnd() throws IOException {
		return this.socket.getInputStream().readAllBytes();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
