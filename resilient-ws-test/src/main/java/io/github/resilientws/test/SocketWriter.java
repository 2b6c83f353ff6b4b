package io.github.resilientws.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import org.jspecify.annotations.Nullable;

/**
 * Writes to a socket in order, on its own thread. So a client that does not read blocks
 * neither the test nor the reading thread.
 */
final class SocketWriter implements Runnable {

	private static final int BATCH = 64 * 1024;

	private final Socket socket;

	private final Runnable onClosed;

	private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();

	SocketWriter(Socket socket, Runnable onClosed) {
		this.socket = socket;
		this.onClosed = onClosed;
	}

	void write(byte[] bytes) {
		this.pieces.add(new Piece(bytes, Then.GO_ON));
	}

	void halfClose() {
		this.pieces.add(new Piece(new byte[0], Then.HALF_CLOSE));
	}

	void close() {
		this.pieces.add(new Piece(new byte[0], Then.CLOSE));
	}

	@Override
	public void run() {
		try (Socket closing = this.socket) {
			Piece piece;
			do {
				piece = writeBatch(closing);
				if (piece.then != Then.GO_ON && !closing.isOutputShutdown()) {
					closing.shutdownOutput();
				}
			}
			while (piece.then != Then.CLOSE);
			closing.close();
			this.onClosed.run();
		}
		catch (IOException ex) {
			// The connection has ended: the reading thread sees it, too, and reports the
			// end.
			this.pieces.clear();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private Piece writeBatch(Socket socket) throws IOException, InterruptedException {
		Piece piece = this.pieces.take();
		Piece next = next(piece, 0);
		if (next == null) {
			socket.getOutputStream().write(piece.bytes);
			return piece;
		}
		ByteArrayOutputStream batch = new ByteArrayOutputStream();
		batch.writeBytes(piece.bytes);
		while (next != null) {
			piece = next;
			batch.writeBytes(piece.bytes);
			next = next(piece, batch.size());
		}
		socket.getOutputStream().write(batch.toByteArray());
		return piece;
	}

	private @Nullable Piece next(Piece last, int size) {
		return (last.then == Then.GO_ON && size < BATCH) ? this.pieces.poll() : null;
	}

	private enum Then {

		GO_ON, HALF_CLOSE, CLOSE

	}

	private record Piece(byte[] bytes, Then then) {

	}

}
