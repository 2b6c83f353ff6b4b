package io.github.resilientws.transport;

import java.io.DataInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.net.ServerSocketFactory;

import io.github.resilientws.transport.RawServer.Frame;
import io.github.resilientws.transport.RawServer.Peer;

/**
 * A peer that takes only as many bytes from its socket as the test lets it, and has a
 * small receive buffer. It writes down the frames.
 */
public final class SlowPeer {

	private static final int RECEIVE_BUFFER = 16 * 1024;

	private final List<Frame> frames = new CopyOnWriteArrayList<>();

	// guarded by this
	private long budget;

	private volatile long taken;

	private volatile Peer peer;

	/**
	 * Return a factory of sockets that hold little of what is not read.
	 * @return the factory
	 */
	public static ServerSocketFactory smallBuffers() {
		return new ServerSocketFactory() {

			@Override
			public ServerSocket createServerSocket(int port) throws IOException {
				return createServerSocket(port, 50);
			}

			@Override
			public ServerSocket createServerSocket(int port, int backlog) throws IOException {
				return createServerSocket(port, backlog, InetAddress.getLoopbackAddress());
			}

			@Override
			public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
				ServerSocket socket = new ServerSocket(port, backlog, address);
				socket.setReceiveBufferSize(RECEIVE_BUFFER);
				return socket;
			}

		};
	}

	/**
	 * Return what the server does: accept, then read frames as it may, up to a close
	 * frame.
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

	/**
	 * Return how many bytes the peer took.
	 * @return bytes of frames
	 */
	public long taken() {
		return this.taken;
	}

	public List<Frame> frames() {
		return List.copyOf(this.frames);
	}

	public boolean has(int opcode) {
		return this.frames.stream().anyMatch((frame) -> frame.opcode() == opcode);
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
