package io.github.resilientws.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

import org.jspecify.annotations.Nullable;

/**
 * Listens on one loopback port. It keeps the port while it is stopped. Guarded by its own
 * monitor.
 */
final class Acceptor {

	private static final int BACKLOG = 1024;

	private static final int SMALL_BUFFER = 8 * 1024;

	private static final int READ_BUFFER = 64 * 1024;

	private final ServerContext context;

	private final boolean smallBuffers;

	private @Nullable ServerSocket listening;

	private @Nullable Thread thread;

	private @Nullable Socket placeholder;

	private volatile int port;

	Acceptor(ServerContext context, boolean smallBuffers) {
		this.context = context;
		this.smallBuffers = smallBuffers;
	}

	int port() {
		return this.port;
	}

	synchronized void start() {
		if (this.listening != null) {
			return;
		}
		try {
			release();
			ServerSocket socket = new ServerSocket();
			socket.setReuseAddress(true);
			if (this.smallBuffers) {
				socket.setReceiveBufferSize(SMALL_BUFFER);
			}
			socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), this.port), BACKLOG);
			this.port = socket.getLocalPort();
			this.listening = socket;
			Thread thread = new Thread(() -> run(socket), "test-ws-accept-" + this.port);
			thread.setDaemon(true);
			thread.start();
			this.thread = thread;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	synchronized void stop(boolean keepPort) {
		try {
			if (this.listening != null) {
				this.listening.close();
				this.listening = null;
				awaitEnd();
				if (keepPort) {
					hold();
				}
			}
			if (!keepPort) {
				release();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// The system closes the socket only once no thread waits on it.
	private void awaitEnd() {
		try {
			if (this.thread != null) {
				this.thread.join();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	// Bound but not listening: connects are refused, and no other socket can take the
	// port.
	private void hold() throws IOException {
		Socket socket = new Socket();
		socket.setReuseAddress(true);
		socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), this.port));
		this.placeholder = socket;
	}

	private void release() throws IOException {
		if (this.placeholder != null) {
			this.placeholder.close();
			this.placeholder = null;
		}
	}

	private void run(ServerSocket listening) {
		while (!listening.isClosed()) {
			try {
				accept(listening.accept());
			}
			catch (IOException ex) {
				// Closed by stop(), or a client went away while it was accepted.
				continue;
			}
		}
	}

	private void accept(Socket socket) throws IOException {
		socket.setTcpNoDelay(true);
		if (this.smallBuffers) {
			socket.setSendBufferSize(SMALL_BUFFER);
		}
		int number = this.context.recording().accept();
		int buffer = (this.smallBuffers) ? SMALL_BUFFER : READ_BUFFER;
		ServerConnection connection = new ServerConnection(number, socket, this.context, buffer);
		this.context.connections().add(connection);
		connection.start();
	}

}
