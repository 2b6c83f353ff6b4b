package io.github.resilientws.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands in front of a server on this machine and passes bytes on, both ways.
 */
final class Front implements AutoCloseable {

	/** How many bytes of clients were passed on. */
	final AtomicLong passed = new AtomicLong();

	private final ServerSocket serverSocket;

	private final int port;

	private final Greeting greeting;

	private final List<Socket> sockets = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	/**
	 * Start.
	 * @param serverSocket where clients connect
	 * @param port port of the server behind
	 * @param greeting what comes before the bytes that are passed on
	 */
	Front(ServerSocket serverSocket, int port, Greeting greeting) {
		this.serverSocket = serverSocket;
		this.port = port;
		this.greeting = greeting;
		this.threads.execute(this::accept);
	}

	int port() {
		return this.serverSocket.getLocalPort();
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
				Socket socket = this.serverSocket.accept();
				this.sockets.add(socket);
				this.threads.execute(() -> connect(socket));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void connect(Socket socket) {
		try (socket; Socket behind = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			this.greeting.greet(socket);
			this.threads.execute(() -> copy(behind, socket));
			pump(socket.getInputStream(), behind.getOutputStream(), this.passed);
		}
		catch (IOException ex) {
			// tests look at what the client tells
		}
	}

	private static void copy(Socket from, Socket to) {
		try (from; to) {
			pump(from.getInputStream(), to.getOutputStream(), new AtomicLong());
		}
		catch (IOException ex) {
			// one end has gone
		}
	}

	private static void pump(InputStream from, OutputStream to, AtomicLong passed) throws IOException {
		byte[] buffer = new byte[8192];
		for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
			passed.addAndGet(count);
			to.write(buffer, 0, count);
			to.flush();
		}
	}

	/** What is said to a client first; throws to hang up. */
	@FunctionalInterface
	interface Greeting {

		void greet(Socket client) throws IOException;

	}

}
