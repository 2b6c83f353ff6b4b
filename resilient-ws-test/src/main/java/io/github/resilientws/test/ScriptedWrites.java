package io.github.resilientws.test;

import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.transport.WriteListener;

/**
 * Completes writes in order, with success or failure. Confined to the executor.
 */
final class ScriptedWrites {

	private final VirtualExecutor executor;

	private final Deque<Write> held = new ArrayDeque<>();

	private boolean holding;

	// written by the executor, read by tests
	private volatile long bytesTaken;

	ScriptedWrites(VirtualExecutor executor) {
		this.executor = executor;
	}

	void add(int frames, long bytes, WriteListener listener) {
		Write write = new Write(frames, bytes, listener);
		if (this.holding) {
			this.held.add(write);
		}
		else {
			succeed(write);
		}
	}

	void reject(WriteListener listener) {
		report(new Write(0, 0, listener), 0, 0, new ClosedChannelException());
	}

	/**
	 * Let the socket take bytes. A write adds its own when it succeeds.
	 * @param count number of bytes
	 */
	void takeBytes(long count) {
		this.bytesTaken += count;
	}

	long bytesTaken() {
		return this.bytesTaken;
	}

	void hold() {
		this.holding = true;
	}

	void release() {
		this.holding = false;
		this.held.forEach(this::succeed);
		this.held.clear();
	}

	void failOldest(int written, int started, Throwable failure) {
		report(this.held.remove(), written, started, failure);
	}

	boolean isEmpty() {
		return this.held.isEmpty();
	}

	/**
	 * Fail the held writes, inside this call: the terminal signal follows directly.
	 */
	void end() {
		this.holding = false;
		while (!this.held.isEmpty()) {
			this.held.remove().listener.onWritten(0, 0, new ClosedChannelException());
		}
	}

	private void succeed(Write write) {
		takeBytes(write.bytes);
		report(write, write.frames, write.frames, null);
	}

	private void report(Write write, int written, int started, @Nullable Throwable failure) {
		this.executor.execute(() -> write.listener.onWritten(written, started, failure));
	}

	private record Write(int frames, long bytes, WriteListener listener) {

	}

}
