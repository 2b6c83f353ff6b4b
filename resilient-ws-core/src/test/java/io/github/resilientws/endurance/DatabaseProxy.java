package io.github.resilientws.endurance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The network between a JVM and its database, which can be cut, and which can break when
 * a certain request passes.
 */
final class DatabaseProxy implements AutoCloseable {

	private static final long ANSWER_SECONDS = 10;

	private final ExecutorService threads = Executors.newCachedThreadPool((task) -> {
		Thread thread = new Thread(task, "database-proxy");
		thread.setDaemon(true);
		return thread;
	});

	private final Set<Line> lines = ConcurrentHashMap.newKeySet();

	private final AtomicReference<Fault> fault = new AtomicReference<>();

	private final int target;

	private final int port;

	private volatile ServerSocket serverSocket;

	/**
	 * Start.
	 * @param target port of the database on this machine
	 */
	DatabaseProxy(int target) throws IOException {
		this.target = target;
		this.port = listen(0);
	}

	private int listen(int wanted) throws IOException {
		ServerSocket opened = new ServerSocket();
		opened.setReuseAddress(true);
		opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
		this.serverSocket = opened;
		this.threads.execute(() -> accept(opened));
		return opened.getLocalPort();
	}

	int port() {
		return this.port;
	}

	/** End all connections, and refuse new ones. */
	void cut() throws IOException {
		this.serverSocket.close();
		this.lines.forEach(Line::close);
	}

	/** Undo {@link #cut()}. */
	void restore() throws IOException {
		listen(this.port);
	}

	/**
	 * Break the connection of the next request that contains a text. Its answer is lost.
	 * @param sql the text
	 * @param action called with the request when it comes, before the connection breaks
	 * @return counted down when the connection is broken
	 */
	CountDownLatch breakAt(String sql, Action action) {
		Fault next = new Fault(sql.getBytes(StandardCharsets.US_ASCII), action, new CountDownLatch(1));
		this.fault.set(next);
		return next.done;
	}

	@Override
	public void close() throws IOException {
		cut();
		this.threads.shutdownNow();
	}

	private void accept(ServerSocket from) {
		while (!from.isClosed()) {
			try {
				Line line = new Line(from.accept(), new Socket());
				this.lines.add(line);
				if (from.isClosed()) {
					line.close();
				}
				this.threads.execute(line::connect);
			}
			catch (IOException ex) {
				// it was closed
				return;
			}
		}
	}

	private static boolean contains(byte[] bytes, int length, byte[] part) {
		for (int from = 0; from + part.length <= length; from++) {
			if (Arrays.equals(bytes, from, from + part.length, part, 0, part.length)) {
				return true;
			}
		}
		return false;
	}

	/** What happens when a request comes. */
	@FunctionalInterface
	interface Action {

		void run(Request request) throws Exception;

	}

	/** A request that has not reached the database. */
	interface Request {

		/** Pass it on. */
		void pass() throws IOException;

		/** Wait until the database has answered. */
		void awaitAnswer() throws InterruptedException;

	}

	private record Fault(byte[] sql, Action action, CountDownLatch done) {

	}

	/** The two sockets of a connection. */
	private final class Line {

		private final CountDownLatch answered = new CountDownLatch(1);

		private final Socket client;

		private final Socket server;

		private volatile boolean breaking;

		Line(Socket client, Socket server) {
			this.client = client;
			this.server = server;
		}

		void connect() {
			try {
				this.server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), DatabaseProxy.this.target));
				DatabaseProxy.this.threads.execute(this::answer);
				request();
			}
			catch (Exception ex) {
				// it ends like an end of stream
			}
			finally {
				close();
			}
		}

		private void request() throws Exception {
			InputStream from = this.client.getInputStream();
			OutputStream to = this.server.getOutputStream();
			byte[] bytes = new byte[64 * 1024];
			for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
				Fault current = DatabaseProxy.this.fault.get();
				if (current != null && contains(bytes, read, current.sql)
						&& DatabaseProxy.this.fault.compareAndSet(current, null)) {
					breakWith(current, to, bytes, read);
					return;
				}
				to.write(bytes, 0, read);
			}
		}

		private void breakWith(Fault current, OutputStream to, byte[] bytes, int read) throws Exception {
			this.breaking = true;
			try {
				current.action.run(new Request() {

					@Override
					public void pass() throws IOException {
						to.write(bytes, 0, read);
					}

					@Override
					public void awaitAnswer() throws InterruptedException {
						if (!Line.this.answered.await(ANSWER_SECONDS, TimeUnit.SECONDS)) {
							throw new IllegalStateException("no answer");
						}
					}

				});
			}
			finally {
				close();
				current.done.countDown();
			}
		}

		private void answer() {
			try {
				InputStream from = this.server.getInputStream();
				OutputStream to = this.client.getOutputStream();
				byte[] bytes = new byte[64 * 1024];
				for (int read = from.read(bytes); read >= 0; read = from.read(bytes)) {
					if (this.breaking) {
						this.answered.countDown();
					}
					else {
						to.write(bytes, 0, read);
					}
				}
			}
			catch (IOException ex) {
				// it ends like an end of stream
			}
			if (!this.breaking) {
				close();
			}
		}

		void close() {
			DatabaseProxy.this.lines.remove(this);
			try {
				this.client.close();
				this.server.close();
			}
			catch (IOException ex) {
				// it is closed as far as possible
			}
		}

	}

}
