package io.github.resilientws.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A network between clients and a server on this machine: it passes bytes on, both ways,
 * and can become a black hole.
 */
public final class Relay implements AutoCloseable {

	/** Bytes of clients that were passed on. */
	public final AtomicLong passed = new AtomicLong();

	private final ServerSocket serverSocket;

	private final int target;

	private final Greeting greeting;

	private final List<Line> lines = new CopyOnWriteArrayList<>();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	/**
	 * Start.
	 * @param target port of the server
	 * @throws IOException if that is not possible
	 */
	public Relay(int target) throws IOException {
		this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target, (client) -> {
		});
	}

	/**
	 * Start with a greeting.
	 * @param serverSocket where clients connect
	 * @param target port of the server
	 * @param greeting what comes before the bytes that are passed on
	 */
	public Relay(ServerSocket serverSocket, int target, Greeting greeting) {
		this.serverSocket = serverSocket;
		this.target = target;
		this.greeting = greeting;
		this.threads.execute(this::accept);
	}

	public int port() {
		return this.serverSocket.getLocalPort();
	}

	public URI url() {
		return URI.create("ws://127.0.0.1:" + port() + "/");
	}

	/**
	 * Take all bytes of the present connections and pass none on; neither side learns
	 * that the other one has ended. New connections work.
	 */
	public void becomeBlackHole() {
		this.lines.forEach((line) -> line.swallowing = true);
	}

	@Override
	public void close() throws IOException {
		this.serverSocket.close();
		for (Line line : this.lines) {
			line.close();
		}
		this.threads.shutdownNow();
	}

	private void accept() {
		while (!this.serverSocket.isClosed()) {
			try {
				Line line = new Line(this.serverSocket.accept(), new Socket());
				this.lines.add(line);
				this.threads.execute(() -> connect(line));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void connect(Line line) {
		try {
			line.server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.target));
			this.greeting.greet(line.client);
			this.threads.execute(() -> line.pass(line.server, line.client, new AtomicLong()));
			line.pass(line.client, line.server, this.passed);
		}
		catch (IOException ex) {
			// tests look at what the client reports
			line.close();
		}
	}

	/** What a client gets first; throws to hang up. */
	@FunctionalInterface
	public interface Greeting {

		void greet(Socket client) throws IOException;

	}

	/** The two sockets of a connection. */
	private static final class Line {

		private final Socket client;

		private final Socket server;

		private volatile boolean swallowing;

		Line(Socket client, Socket server) {
			this.client = client;
			this.server = server;
		}

		void pass(Socket from, Socket to, AtomicLong passed) {
			try {
				pump(from.getInputStream(), to.getOutputStream(), passed);
			}
			catch (IOException ex) {
				// it ends like an end of stream
			}
			if (!this.swallowing) {
				close();
			}
		}

		private void pump(InputStream from, OutputStream to, AtomicLong passed) throws IOException {
			byte[] bytes = new byte[8192];
			for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
				if (!this.swallowing) {
					passed.addAndGet(read);
					to.write(bytes, 0, read);
					to.flush();
				}
			}
		}

		void close() {
			try {
				this.client.close();
				this.server.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

	}

}
