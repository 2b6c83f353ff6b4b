package io.github.resilientws.autoconfigure;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP or SOCKS 5 proxy that wants credentials. Every tunnel leads to one server on
 * this machine, whatever host it is asked for.
 */
final class ProxyFront implements AutoCloseable {

	/** What clients with the right credentials asked for, as {@code host:port}. */
	final List<String> targets = new CopyOnWriteArrayList<>();

	/** What clients showed, as {@code user:password}. */
	final List<String> credentials = new CopyOnWriteArrayList<>();

	private final String known;

	private final Front front;

	/**
	 * Start.
	 * @param socks whether it speaks SOCKS 5 instead of HTTP
	 * @param known credentials that it wants, as {@code user:password}
	 * @param port port of the server behind
	 */
	ProxyFront(boolean socks, String known, int port) throws IOException {
		this.known = known;
		ServerSocket serverSocket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.front = new Front(serverSocket, port, socks ? this::socks : this::http);
	}

	int port() {
		return this.front.port();
	}

	@Override
	public void close() throws IOException {
		this.front.close();
	}

	private void http(Socket client) throws IOException {
		DataInputStream in = new DataInputStream(client.getInputStream());
		StringBuilder head = new StringBuilder();
		while (head.indexOf("\r\n\r\n") < 0) {
			head.append((char) in.readUnsignedByte());
		}
		String given = head.toString()
			.lines()
			.filter((line) -> line.regionMatches(true, 0, "Proxy-Authorization: Basic ", 0, 27))
			.map((line) -> new String(Base64.getDecoder().decode(line.substring(27)), StandardCharsets.UTF_8))
			.findFirst()
			.orElse("");
		if (!admits(given)) {
			answer(client, "HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n");
			throw new IOException("wrong credentials");
		}
		this.targets.add(head.toString().split(" ")[1]);
		answer(client, "HTTP/1.1 200 Connection established\r\n\r\n");
	}

	// RFC 1928 and 1929
	private void socks(Socket client) throws IOException {
		DataInputStream in = new DataInputStream(client.getInputStream());
		in.readUnsignedByte();
		boolean offersPassword = text(in).indexOf(2) >= 0;
		answer(client, offersPassword ? "\5\2" : "\5\377");
		in.readUnsignedByte();
		boolean admitted = admits(text(in) + ":" + text(in));
		answer(client, admitted ? "\1\0" : "\1\1");
		if (!admitted) {
			throw new IOException("wrong credentials");
		}
		in.readFully(new byte[3]);
		int kind = in.readUnsignedByte();
		String host = (kind == 3) ? text(in) : InetAddress.getByAddress(in.readNBytes((kind == 1) ? 4 : 16)).toString();
		this.targets.add(host + ":" + in.readUnsignedShort());
		answer(client, "\5\0\0\1\0\0\0\0\0\0");
	}

	private boolean admits(String given) {
		this.credentials.add(given);
		return given.equals(this.known);
	}

	private static String text(DataInputStream in) throws IOException {
		return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.ISO_8859_1);
	}

	private static void answer(Socket client, String answer) throws IOException {
		client.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
	}

}
