package io.github.resilientws.transport;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

import javax.net.ServerSocketFactory;

import io.github.resilientws.transport.RawServer.Frame;
import io.github.resilientws.transport.RawServer.Peer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A peer that takes only as many bytes from its socket as the test lets it, and has a
 * small receive buffer. It writes down the frames.
 */
public final class SlowPeer {

	private static final int RECEIVE_BUFFER = 16 * 1024;

	private static final int STEP = 32 * 1024;

	private final List<Frame> frames = new CopyOnWriteArrayList<>();

	// guarded by this
	private long budget;

	private volatile long taken;

	private volatile Peer peer;

	/**
	 * Start a server with sockets that hold little of what is not read.
	 * @param sockets makes its socket
	 * @param more headers of the answer to the handshake
	 * @return the server
	 */
	public RawServer start(ServerSocketFactory sockets, String... more) throws IOException {
		RawServer server = new RawServer(sockets, script(more));
		server.setReceiveBufferSize(RECEIVE_BUFFER);
		return server;
	}

	/**
	 * Return what the server does: accept, then read frames as it may and answer pings,
	 * up to a close frame.
	 * @param more headers of the answer
	 * @return the script
	 */
	public RawServer.Script script(String... more) {
		return (fast) -> {
			fast.accept(more);
			Peer slow = new Peer(fast.socket(), new DataInputStream(new Throttled(fast.in())), fast.out(),
					fast.headers());
			this.peer = slow;
			Frame frame;
			do {
				frame = slow.read();
				this.frames.add(frame);
				if (frame.opcode() == 9) {
					slow.raw(Peer.frame(0x8A, frame.payload()));
				}
			}
			while (frame.opcode() != 8);
			slow.raw(Peer.frame(0x88, frame.payload()));
		};
	}

	/**
	 * Return the peer, to send something.
	 * @return the peer, or {@code null} before the handshake is done
	 */
	public Peer peer() {
		return this.peer;
	}

	/**
	 * Let the peer take more bytes.
	 * @param count how many
	 */
	public synchronized void allow(long count) {
		this.budget += count;
		notifyAll();
	}

	public void allowAll() {
		allow(Integer.MAX_VALUE);
	}

	public List<Frame> frames() {
		return List.copyOf(this.frames);
	}

	/**
	 * Let the peer take bytes step by step until something happens.
	 * @param condition what shall happen
	 * @param limit bytes that it may take until then
	 */
	public void takeUntil(BooleanSupplier condition, long limit) {
		long before = this.taken;
		while (!condition.getAsBoolean()) {
			assertThat(this.taken - before).isLessThan(limit);
			long target = this.taken + STEP;
			allow(STEP);
			TransportHarness.await().until(() -> condition.getAsBoolean() || this.taken >= target);
		}
	}

	public long count(int opcode) {
		return this.frames.stream().filter((frame) -> frame.opcode() == opcode).count();
	}

	public List<String> messages() {
		return messages(frames());
	}

	/**
	 * Put messages together, and check that their frames come in a legal order.
	 * @param frames frames of any kind
	 * @return texts, and {@code binary} with its size for other messages
	 */
	public static List<String> messages(List<Frame> frames) {
		List<String> messages = new ArrayList<>();
		List<Frame> open = new ArrayList<>();
		for (Frame frame : frames) {
			if (frame.opcode() >= 8) {
				assertThat(frame.first() & 0x80).as("control frames have no fragments").isEqualTo(0x80);
				continue;
			}
			assertThat(frame.opcode() == 0).as("continuation").isEqualTo(!open.isEmpty());
			open.add(frame);
			if ((frame.first() & 0x80) != 0) {
				byte[] payload = join(open);
				messages.add((open.get(0).opcode() == 1) ? new String(payload, StandardCharsets.UTF_8)
						: "binary " + payload.length);
				open.clear();
			}
		}
		return messages;
	}

	public static byte[] join(List<Frame> frames) {
		ByteArrayOutputStream joined = new ByteArrayOutputStream();
		frames.forEach((frame) -> joined.writeBytes(frame.payload()));
		return joined.toByteArray();
	}

	private synchronized int await(int wanted) throws IOException {
		try {
			while (this.budget == 0) {
				wait();
			}
		}
		catch (InterruptedException ex) {
			throw new IOException(ex);
		}
		return (int) Math.min(this.budget, wanted);
	}

	private synchronized void spend(int count) {
		this.budget -= count;
		this.taken += count;
	}

	private final class Throttled extends FilterInputStream {

		Throttled(InputStream in) {
			super(in);
		}

		@Override
		public int read() throws IOException {
			await(1);
			int value = super.read();
			spend(1);
			return value;
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			int count = super.read(target, offset, await(length));
			spend(Math.max(0, count));
			return count;
		}

	}

}
