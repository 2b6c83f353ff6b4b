package io.github.resilientws.transport;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ServerSocketFactory;

/**
 * A server of bare sockets that runs a script for each connection.
 */
public final class RawServer implements AutoCloseable {

	private final ServerSocket serverSocket;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	public RawServer(Script script) throws IOException {
		this(ServerSocketFactory.getDefault(), script);
	}

	public RawServer(ServerSocketFactory factory, Script script) throws IOException {
		this.serverSocket = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.threads.execute(() -> accept(script));
	}

	private void accept(Script script) {
		while (!this.serverSocket.isClosed()) {
			try {
				Socket socket = this.serverSocket.accept();
				this.sockets.add(socket);
				this.threads.execute(() -> run(script, socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void run(Script script, Socket socket) {
		try (socket) {
			script.run(new Peer(socket));
		}
		catch (Exception ex) {
			// the client closed: tests look at what the client reports
		}
	}

	public int port() {
		return this.serverSocket.getLocalPort();
	}

	/**
	 * Let connections that come hold less of what is not read.
	 * @param size size in bytes
	 */
	public void setReceiveBufferSize(int size) throws IOException {
		this.serverSocket.setReceiveBufferSize(size);
	}

	public URI url() {
		return URI.create("ws://127.0.0.1:" + port() + "/path?query=1");
	}

	@Override
	public void close() throws IOException {
		this.serverSocket.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.threads.shutdownNow();
	}

	/** What happens on a connection; it is closed in the end. */
	@FunctionalInterface
	public interface Script {

		void run(Peer peer) throws Exception;

	}

	/** A frame as it arrived, unmasked. */
	public record Frame(int first, byte[] mask, byte[] payload) {

		public int opcode() {
			return this.first & 0xF;
		}

		public int rsv() {
			return this.first >> 4 & 7;
		}

		public String text() {
			return new String(this.payload, StandardCharsets.UTF_8);
		}

	}

	/** The server's end of a connection. */
	public record Peer(Socket socket, DataInputStream in, OutputStream out, Map<String, String> headers) {

		Peer(Socket socket) throws IOException {
			this(socket, new DataInputStream(socket.getInputStream()), socket.getOutputStream(),
					new TreeMap<>(String.CASE_INSENSITIVE_ORDER));
		}

		public void readRequest() throws IOException {
			this.headers.put(":line", this.in.readLine());
			for (String line = this.in.readLine(); !line.isEmpty(); line = this.in.readLine()) {
				this.headers.put(line.substring(0, line.indexOf(':')), line.substring(line.indexOf(':') + 1).trim());
			}
		}

		public String switching(String... more) throws Exception {
			readRequest();
			byte[] key = (this.headers.get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes();
			String accept = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(key));
			return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
					+ "Sec-WebSocket-Accept: " + accept + "\r\n" + String.join("", more) + "\r\n";
		}

		public void accept(String... more) throws Exception {
			raw(switching(more).getBytes());
		}

		public void raw(byte[]... pieces) throws IOException {
			ByteBuffer all = ByteBuffer.allocate(List.of(pieces).stream().mapToInt((piece) -> piece.length).sum());
			List.of(pieces).forEach(all::put);
			this.out.write(all.array());
			this.out.flush();
		}

		public Frame read() throws IOException {
			int first = this.in.readUnsignedByte();
			int second = this.in.readUnsignedByte();
			int length = second & 0x7F;
			length = (length == 126) ? this.in.readUnsignedShort()
					: (length == 127) ? (int) this.in.readLong() : length;
			byte[] mask = new byte[((second & 0x80) != 0) ? 4 : 0];
			this.in.readFully(mask);
			byte[] payload = new byte[length];
			this.in.readFully(payload);
			for (int i = 0; mask.length > 0 && i < length; i++) {
				payload[i] ^= mask[i & 3];
			}
			return new Frame(first, mask, payload);
		}

		public void awaitEnd() throws IOException {
			try {
				while (read() != null) {
					Thread.onSpinWait();
				}
			}
			catch (EOFException ex) {
				// the end
			}
		}

		public void reset() throws IOException {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}

		public static byte[] frame(int firstByte, byte[] payload) {
			ByteBuffer frame = ByteBuffer.allocate(payload.length + 10).put((byte) firstByte);
			if (payload.length < 126) {
				frame.put((byte) payload.length);
			}
			else if (payload.length <= 0xFFFF) {
				frame.put((byte) 126).putShort((short) payload.length);
			}
			else {
				frame.put((byte) 127).putLong(payload.length);
			}
			return java.util.Arrays.copyOf(frame.put(payload).array(), frame.position());
		}

		public static byte[] text(String text) {
			return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
		}

		public static byte[] close(int code, String reason) {
			byte[] text = reason.getBytes(StandardCharsets.UTF_8);
			return frame(0x88, ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
		}

	}

}
