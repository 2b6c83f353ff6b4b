package io.github.resilientws.scenario;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A network between clients and a server that can become a black hole: bytes are taken,
 * nothing is passed on, nobody learns of an end.
 */
final class Relay implements AutoCloseable {

	private final ServerSocket listening;

	private final int target;

	private final List<Line> lines = new CopyOnWriteArrayList<>();

	Relay(int target) throws IOException {
		this.target = target;
		this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		start(this::accept);
	}

	URI url() {
		return URI.create("ws://127.0.0.1:" + this.listening.getLocalPort() + "/");
	}

	/** The present connections pass on nothing any more; new ones do. */
	void becomeBlackHole() {
		this.lines.forEach((line) -> line.swallowing = true);
	}

	private void accept() {
		try {
			while (true) {
				Line line = new Line(this.listening.accept(),
						new Socket(InetAddress.getLoopbackAddress(), this.target));
				this.lines.add(line);
				start(() -> line.pass(line.client, line.server));
				start(() -> line.pass(line.server, line.client));
			}
		}
		catch (IOException ex) {
			// closed
		}
	}

	private static void start(Runnable task) {
		Thread thread = new Thread(task, "relay");
		thread.setDaemon(true);
		thread.start();
	}

	@Override
	public void close() throws IOException {
		this.listening.close();
		for (Line line : this.lines) {
			line.client.close();
			line.server.close();
		}
	}

	/**
	 * Two sockets.
	 */
	private static final class Line {

		private final Socket client;

		private final Socket server;

		private volatile boolean swallowing;

		Line(Socket client, Socket server) {
			this.client = client;
			this.server = server;
		}

		void pass(Socket from, Socket to) {
			byte[] bytes = new byte[8192];
			try {
				for (int read = from.getInputStream().read(bytes); read >= 0; read = from.getInputStream()
					.read(bytes)) {
					if (!this.swallowing) {
						to.getOutputStream().write(bytes, 0, read);
					}
				}
			}
			catch (IOException ex) {
				// it ends like an end of stream
			}
			if (!this.swallowing) {
				closeBoth();
			}
		}

		private void closeBoth() {
			try {
				this.client.close();
				this.server.close();
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
