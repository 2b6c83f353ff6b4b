package io.github.resilientws.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

import io.netty.pkitesting.X509Bundle;

/**
 * TLS in front of a server on this machine.
 */
final class TlsFront implements AutoCloseable {

	/** Subjects of the certificates that clients showed. */
	final List<String> clients = new CopyOnWriteArrayList<>();

	private final SSLServerSocket serverSocket;

	private final int port;

	private final boolean clientAuth;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	/**
	 * Start.
	 * @param own certificate of the server
	 * @param authority who signs certificates of clients, or {@code null} to want none
	 * @param port port of the server behind
	 */
	TlsFront(X509Bundle own, X509Bundle authority, int port) throws Exception {
		KeyManagerFactory keys = own.toKeyManagerFactory();
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(),
				(authority != null) ? new TrustManager[] { authority.toTrustManager() } : null, null);
		this.serverSocket = (SSLServerSocket) context.getServerSocketFactory()
			.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.clientAuth = authority != null;
		this.serverSocket.setNeedClientAuth(this.clientAuth);
		this.port = port;
		this.threads.execute(this::accept);
	}

	String url() {
		return "wss://localhost:" + this.serverSocket.getLocalPort() + "/";
	}

	@Override
	public void close() throws IOException {
		this.serverSocket.close();
		for (Socket socket : this.sockets) {
			socket.close();
		}
		this.threads.shutdownNow();
	}

	private void accept() {
		while (!this.serverSocket.isClosed()) {
			try {
				SSLSocket socket = (SSLSocket) this.serverSocket.accept();
				this.sockets.add(socket);
				this.threads.execute(() -> connect(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void connect(SSLSocket socket) {
		try (socket; Socket behind = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.startHandshake();
			if (this.clientAuth) {
				this.clients.add(socket.getSession().getPeerPrincipal().getName());
			}
			this.threads.execute(() -> copy(behind, socket));
			pump(socket.getInputStream(), behind.getOutputStream());
		}
		catch (IOException ex) {
			// tests look at what the client tells
		}
	}

	private static void copy(Socket from, Socket to) {
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
			to.flush();
		}
	}

}
