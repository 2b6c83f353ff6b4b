package io.github.resilientws.sample.server;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection: answers the handshake, then reads until the end. It runs on its own
 * thread; other threads may send.
 */
final class DemoConnection implements Runnable {

	private static final Log logger = LogFactory.getLog(DemoConnection.class);

	private final Socket socket;

	private final FrameCodec codec;

	private final FaultState faults;

	private final Rooms rooms;

	private final ChatProtocol protocol;

	private final ReentrantLock writing = new ReentrantLock();

	// written by the reading thread only
	private volatile @Nullable String room;

	DemoConnection(Socket socket, Duration kickAfter, FaultState faults, Rooms rooms, ChatProtocol protocol)
			throws IOException {
		this.socket = socket;
		this.socket.setSoTimeout((int) kickAfter.toMillis());
		this.socket.setTcpNoDelay(true);
		this.codec = new FrameCodec(socket.getInputStream(), socket.getOutputStream());
		this.faults = faults;
		this.rooms = rooms;
		this.protocol = protocol;
	}

	@Override
	public void run() {
		try {
			if (shakeHands()) {
				readFrames();
			}
		}
		catch (SocketTimeoutException ex) {
			close(4000, "no PING");
		}
		catch (EOFException ex) {
			logger.debug("The client left");
		}
		catch (IOException ex) {
			logger.debug("Connection lost", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			this.rooms.leave(this);
			abandon(false);
		}
	}

	private boolean shakeHands() throws IOException, InterruptedException {
		this.faults.awaitReading();
		String head = this.codec.readHead();
		this.faults.awaitAnswering();
		String path = Handshakes.path(head);
		String key = Handshakes.key(head);
		String refusal = (path.equals("/chat") || path.equals("/alerts")) ? this.faults.refusal(path) : "404 Not Found";
		if (refusal == null && key == null) {
			refusal = "400 Bad Request";
		}
		String answer = (refusal != null || key == null) ? Handshakes.refuse(String.valueOf(refusal))
				: Handshakes.accept(key);
		this.socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
		return refusal == null;
	}

	private void readFrames() throws IOException, InterruptedException {
		ChatProtocol.Session session = this.protocol.newSession(this);
		while (true) {
			this.faults.awaitReading();
			Frame frame = this.codec.read();
			this.faults.awaitReading();
			if (frame.opcode() == Frame.PING) {
				send(new Frame(Frame.PONG, frame.payload()));
			}
			else if (frame.opcode() == Frame.CLOSE) {
				send(frame);
				return;
			}
			else if (!frame.isControl()) {
				session.handle(frame.asText());
			}
		}
	}

	@Nullable String room() {
		return this.room;
	}

	void join(String room) {
		this.room = room;
	}

	void acknowledge(Frame frame) {
		if (!this.faults.is(Fault.NO_ACKS)) {
			send(frame);
		}
	}

	void send(Frame frame) {
		this.writing.lock();
		try {
			write(frame);
		}
		finally {
			this.writing.unlock();
		}
	}

	private void write(Frame frame) {
		if (this.faults.is(Fault.SILENT)) {
			return;
		}
		try {
			this.codec.write(frame);
		}
		catch (IOException ex) {
			abandon(false);
		}
	}

	void close(int code, String reason) {
		try {
			// a write to a client that does not read may hold the lock for ever
			if (this.writing.tryLock(100, TimeUnit.MILLISECONDS)) {
				try {
					write(Frame.close(code, reason));
				}
				finally {
					this.writing.unlock();
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		abandon(false);
	}

	void abandon(boolean reset) {
		try {
			if (reset) {
				this.socket.setSoLinger(true, 0);
			}
			this.socket.close();
		}
		catch (IOException ex) {
			logger.debug("Already closed", ex);
		}
	}

}
