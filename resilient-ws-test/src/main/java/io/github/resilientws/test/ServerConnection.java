package io.github.resilientws.test;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * One accepted connection, with one thread that reads and one that writes.
 */
final class ServerConnection implements BehaviorPeer {

	private static final int END_SECONDS = 5;

	private final int number;

	private final Socket socket;

	private final ServerContext context;

	private final ReadGate gate = new ReadGate();

	private final FrameReader reader;

	private final SocketWriter writer;

	private final FrameHandler frames;

	private final CountDownLatch ended = new CountDownLatch(1);

	private final AtomicBoolean closeSent = new AtomicBoolean();

	private final Thread readThread;

	private volatile ConnectionBehavior behavior = ConnectionBehavior.NORMAL;

	// set under the lock of this, so that nothing is written before the greeting
	private volatile boolean open;

	// guarded by this
	private boolean over;

	private volatile long lastFrame;

	ServerConnection(int number, Socket socket, ServerContext context, int bufferSize) throws IOException {
		this.number = number;
		this.socket = socket;
		this.context = context;
		this.reader = new FrameReader(socket.getInputStream(), this.gate, bufferSize);
		this.writer = new SocketWriter(socket, this.gate::shut);
		this.frames = new FrameHandler(number, context.recording());
		this.readThread = thread("read", this::run);
	}

	void start() {
		thread("write", this.writer).start();
		this.readThread.start();
	}

	private Thread thread(String role, Runnable task) {
		Thread thread = new Thread(task, "test-ws-" + this.number + "-" + role);
		thread.setDaemon(true);
		return thread;
	}

	private void run() {
		try {
			this.context.plan().next().answer(this);
		}
		catch (IOException ex) {
			// The client went away, or the server closed the socket: the connection has
			// ended.
		}
		finally {
			this.writer.close();
			finish();
			this.context.connections().remove(this);
			this.ended.countDown();
		}
	}

	ReceivedHandshake readHandshake() throws IOException {
		String head = this.reader.readHead();
		ReceivedHandshake handshake = ReceivedHandshake.parse(this.context.recording().now(), this.number, head);
		this.context.recording().add(handshake);
		return handshake;
	}

	/** Accept compressed messages. */
	void inflate() {
		this.frames.inflate();
	}

	void drain() throws IOException {
		this.reader.drain();
	}

	/**
	 * Become an open connection, and read until it ends.
	 * @param greeting bytes to send first, in one write
	 * @param delay delay of this write
	 * @param afterwards called after it
	 */
	void open(byte[] greeting, Duration delay, Consumer<ServerConnection> afterwards) throws IOException {
		later(delay.toNanos(), () -> {
			if (greet(greeting)) {
				afterwards.accept(this);
			}
		});
		Frame frame = this.reader.readFrame();
		while (frame != null) {
			this.gate.await();
			this.lastFrame = this.context.recording().now();
			// read before the message is recorded: a test that sees it may change the
			// behaviour
			ConnectionBehavior behavior = this.behavior;
			ReceivedMessage message = this.frames.handle(frame);
			if (message != null && !react(message, behavior)) {
				return;
			}
			frame = this.reader.readFrame();
		}
	}

	private synchronized boolean greet(byte[] greeting) {
		if (this.over) {
			return false;
		}
		this.lastFrame = this.context.recording().now();
		this.open = true;
		this.context.recording().opened(1);
		this.writer.write(greeting);
		applyReading();
		return true;
	}

	private synchronized void finish() {
		this.over = true;
		if (this.open) {
			this.open = false;
			this.context.recording().opened(-1);
		}
	}

	private boolean react(ReceivedMessage message, ConnectionBehavior behavior) {
		switch (message.kind()) {
			case PING -> {
				if (behavior.pongs() && !behavior.silent()) {
					later(behavior.pongDelayNanos(), () -> this.writer.write(Frames.pong(message.bytes())));
				}
			}
			case CLOSE -> {
				if (behavior.silent()) {
					return true;
				}
				if (this.closeSent.compareAndSet(false, true)) {
					this.writer
						.write((message.code() == 1005) ? Frames.emptyClose() : Frames.close(message.code(), ""));
				}
				return false;
			}
			case TEXT, BINARY -> {
				if (!behavior.silent() && !this.closeSent.get()) {
					this.context.replies().answer(this, message);
				}
			}
			case PONG -> {
			}
		}
		return true;
	}

	void answerAndEnd(byte[] answer) {
		this.writer.write(answer);
	}

	void later(long nanos, Runnable task) {
		if (nanos > 0) {
			this.context.timer().schedule(task, nanos, TimeUnit.NANOSECONDS);
		}
		else {
			task.run();
		}
	}

	void markCloseSent() {
		this.closeSent.set(true);
	}

	@Override
	public void change(UnaryOperator<ConnectionBehavior> change) {
		this.behavior = change.apply(this.behavior);
		applyReading();
	}

	private void applyReading() {
		if (this.open) {
			this.gate.set(this.behavior.reading());
		}
	}

	boolean isSilentSince(long moment) {
		return this.open && this.lastFrame - moment <= 0;
	}

	int number() {
		return this.number;
	}

	boolean isOpen() {
		return this.open;
	}

	/**
	 * End the connection like {@link #fin()}, by force if necessary.
	 */
	void end() {
		fin();
		try {
			if (!this.ended.await(200, TimeUnit.MILLISECONDS)) {
				this.socket.close();
				this.gate.shut();
				awaitEnd();
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void awaitEnd() throws InterruptedException {
		// a reply may stop the server
		if (Thread.currentThread() != this.readThread) {
			this.ended.await(END_SECONDS, TimeUnit.SECONDS);
		}
	}

	@Override
	public synchronized void sendRaw(byte[] bytes) {
		if (this.open) {
			this.writer.write(bytes);
		}
	}

	@Override
	public synchronized void close(int code, String reason) {
		if (this.open && this.closeSent.compareAndSet(false, true)) {
			this.writer.write(Frames.close(code, reason));
		}
	}

	@Override
	public void fin() {
		this.writer.close();
	}

	@Override
	public void halfClose() {
		this.writer.halfClose();
	}

	@Override
	public void reset() {
		try {
			this.socket.setSoLinger(true, 0);
			this.socket.close();
		}
		catch (IOException ex) {
			// Already closed: no reset is needed.
		}
		this.gate.shut();
	}

}
