package io.github.resilientws.test;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.ResponseHeaders;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WriteListener;

/**
 * Implements the contract of a connection. The executor alone changes it; fields that a
 * test reads are volatile or synchronized.
 */
final class ScriptedState {

	private final ConnectRequest request;

	private final VirtualExecutor executor;

	private final ConnectionListener listener;

	private final ScriptedWrites writes;

	private final Deque<Consumer<ConnectionListener>> inbox = new ArrayDeque<>();

	private final List<OutboundPayload> sent = Collections.synchronizedList(new ArrayList<>());

	private final List<Integer> writeSizes = Collections.synchronizedList(new ArrayList<>());

	private final List<byte[]> pings = Collections.synchronizedList(new ArrayList<>());

	private volatile Phase phase = Phase.PENDING;

	private volatile boolean reading;

	private volatile boolean writable = true;

	private volatile int closeCode;

	private volatile boolean aborted;

	private boolean closeIgnored;

	private SerialExecutor.@Nullable Timer closeTimer;

	ScriptedState(ConnectRequest request, VirtualExecutor executor, ConnectionListener listener) {
		this.request = request;
		this.executor = executor;
		this.listener = listener;
		this.writes = new ScriptedWrites(executor);
	}

	void open(Map<String, List<String>> responseHeaders) {
		if (this.phase == Phase.PENDING) {
			this.phase = Phase.OPEN;
			this.listener.onOpen(ResponseHeaders.copyOf(responseHeaders));
			deliver();
		}
	}

	void refuse(DisconnectCause cause) {
		if (this.phase == Phase.PENDING) {
			end(cause);
		}
	}

	void lose(DisconnectCause cause) {
		if (this.phase == Phase.OPEN || this.phase == Phase.CLOSING) {
			end((this.phase == Phase.CLOSING) ? new DisconnectCause.Requested() : cause);
		}
	}

	void input(Consumer<ConnectionListener> signal) {
		this.executor.execute(() -> {
			this.inbox.add(signal);
			deliver();
		});
	}

	void setReading(boolean reading) {
		this.reading = reading;
		this.executor.execute(this::deliver);
	}

	void setWritable(boolean writable) {
		boolean became = writable && !this.writable;
		this.writable = writable;
		if (became && this.phase == Phase.OPEN) {
			this.listener.onWritable();
		}
	}

	void write(List<? extends OutboundPayload> frames, WriteListener listener) {
		if (takes(listener)) {
			this.sent.addAll(frames);
			this.writeSizes.add(frames.size());
			this.writes.add(frames.size(), sizeOf(frames), listener);
		}
	}

	void ping(byte[] payload, WriteListener listener) {
		if (takes(listener)) {
			this.pings.add(payload.clone());
			this.writes.add(1, payload.length, listener);
		}
	}

	void releaseWrites() {
		this.writes.release();
		answerClose();
	}

	void ignoreClose() {
		this.closeIgnored = true;
	}

	void close(int code) {
		if (this.phase == Phase.PENDING) {
			abort();
		}
		else if (this.phase == Phase.OPEN) {
			this.closeCode = code;
			this.phase = Phase.CLOSING;
			this.closeTimer = this.executor.schedule(this::abort, this.request.closeTimeout().toNanos());
			setReading(true);
			answerClose();
		}
	}

	void abort() {
		if (this.phase != Phase.ENDING && this.phase != Phase.ENDED) {
			this.aborted = true;
			end(new DisconnectCause.Requested());
		}
	}

	private void answerClose() {
		if (this.phase == Phase.CLOSING && !this.closeIgnored && this.writes.isEmpty()) {
			end(new DisconnectCause.Requested());
		}
	}

	private void end(DisconnectCause cause) {
		this.phase = Phase.ENDING;
		this.writes.hold();
		if (this.closeTimer != null) {
			this.closeTimer.cancel();
		}
		// The contract puts it behind the results of writes that are under way.
		this.executor.execute(() -> {
			this.phase = Phase.ENDED;
			this.writes.end();
			this.listener.onClosed(cause);
		});
	}

	private static long sizeOf(List<? extends OutboundPayload> frames) {
		return frames.stream().mapToLong((frame) -> frame.payload().length).sum();
	}

	private boolean takes(WriteListener listener) {
		switch (this.phase) {
			// Fails together with the held writes, before the terminal signal.
			case ENDING -> this.writes.add(0, 0, listener);
			case PENDING, CLOSING, ENDED -> this.writes.reject(listener);
			case OPEN -> {
				return true;
			}
		}
		return false;
	}

	private void deliver() {
		while (this.reading && (this.phase == Phase.OPEN || this.phase == Phase.CLOSING) && !this.inbox.isEmpty()) {
			Consumer<ConnectionListener> signal = this.inbox.remove();
			this.listener.onRead();
			signal.accept(this.listener);
		}
	}

	ScriptedWrites writes() {
		return this.writes;
	}

	List<OutboundPayload> sent() {
		return List.copyOf(this.sent);
	}

	List<Integer> writeSizes() {
		return List.copyOf(this.writeSizes);
	}

	List<byte[]> pings() {
		return List.copyOf(this.pings);
	}

	boolean isReading() {
		return this.reading;
	}

	boolean isWritable() {
		return this.writable && this.phase == Phase.OPEN;
	}

	int closeCode() {
		return this.closeCode;
	}

	boolean isAborted() {
		return this.aborted;
	}

	/** Phases of the connection. */
	private enum Phase {

		PENDING, OPEN, CLOSING, ENDING, ENDED

	}

}
