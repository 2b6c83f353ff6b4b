package io.github.resilientws.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.settings.ProxySettings.Type;
import io.github.resilientws.transport.RawServer.Peer;

/**
 * An HTTP or SOCKS 5 proxy whose every tunnel leads to one port of this machine, whatever
 * host it is asked for.
 */
public final class TestProxy implements AutoCloseable {

	/** What clients asked for, as {@code host:port}. */
	public final List<String> targets = new CopyOnWriteArrayList<>();

	/** Credentials that clients showed, as {@code user:password}. */
	public final List<String> shown = new CopyOnWriteArrayList<>();

	/** Credentials that it wants, as {@code user:password}; empty for none. */
	public String credentials = "";

	private final Type type;

	private final int port;

	private final RawServer server;

	private final List<Peer> peers = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	public TestProxy(Type type, int port) throws IOException {
		this.type = type;
		this.port = port;
		this.server = new RawServer((type == Type.HTTP) ? this::http : this::socks);
	}

	public ProxySettings settings() {
		return new ProxySettings(this.type, "127.0.0.1", this.server.port(), "", "");
	}

	/**
	 * Reset all tunnels.
	 * @throws IOException if that is not possible
	 */
	public void dropTunnels() throws IOException {
		for (Peer peer : this.peers) {
			peer.reset();
		}
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		this.threads.shutdownNow();
	}

	private void http(Peer peer) throws Exception {
		peer.readRequest();
		String[] line = peer.headers().get(":line").split(" ");
		String given = peer.headers().getOrDefault("Proxy-Authorization", "Basic ").substring("Basic ".length());
		boolean known = isKnown(new String(Base64.getDecoder().decode(given), StandardCharsets.UTF_8));
		if (!line[0].equals("CONNECT") || !known) {
			peer.raw("HTTP/1.1 407 \u001b[31mNo\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n"
				.getBytes(StandardCharsets.UTF_8));
			return;
		}
		this.targets.add(line[1]);
		tunnel(peer, "HTTP/1.1 200 Connection established\r\nX-Proxy: yes\r\n\r\n".getBytes());
	}

	private void socks(Peer peer) throws Exception {
		peer.in().readByte();
		byte[] methods = peer.in().readNBytes(peer.in().readUnsignedByte());
		int method = this.credentials.isEmpty() ? 0 : 2;
		if (new String(methods, StandardCharsets.ISO_8859_1).indexOf(method) < 0) {
			peer.raw(new byte[] { 5, (byte) 0xFF });
			return;
		}
		peer.raw(new byte[] { 5, (byte) method });
		if (method == 2) {
			peer.in().readByte();
			boolean known = isKnown(text(peer) + ":" + text(peer));
			peer.raw(new byte[] { 1, (byte) (known ? 0 : 1) });
			if (!known) {
				return;
			}
		}
		int kind = peer.in().readInt() & 0xFF;
		String host = (kind == 3) ? text(peer)
				: InetAddress.getByAddress(peer.in().readNBytes((kind == 1) ? 4 : 16)).getHostAddress();
		this.targets.add(host + ":" + peer.in().readUnsignedShort());
		tunnel(peer, new byte[] { 5, 0, 0, 1, 0, 0, 0, 0, 0, 0 });
	}

	private boolean isKnown(String given) {
		this.shown.add(given);
		return given.equals(this.credentials);
	}

	private static String text(Peer peer) throws IOException {
		return new String(peer.in().readNBytes(peer.in().readUnsignedByte()), StandardCharsets.UTF_8);
	}

	private void tunnel(Peer peer, byte[] answer) throws Exception {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			this.peers.add(peer);
			peer.raw(answer);
			this.threads.execute(() -> copy(socket, peer.socket()));
			pump(peer.in(), socket.getOutputStream());
		}
	}

	private void copy(Socket from, Socket to) {
		try (from; to) {
			pump(from.getInputStream(), to.getOutputStream());
		}
		catch (IOException ex) {
			// one end has gone
		}
	}

	private static void pump(InputStream from, OutputStream to) throws IOException {
		byte[] buffer = new byte[8192];
		for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
			to.write(buffer, 0, count);
		}
	}

}
