package io.github.resilientws.internal.framing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

/**
 * Encodes the messages of one connection. A message that cannot be encoded counts as
 * started, fails its write and ends the connection: messages before it are written, those
 * behind it are not started. Confined to the client's executor.
 */
final class FramedConnection implements WebSocketConnection {

	private final WebSocketConnection socket;

	private final FramedListener inbound;

	private final FrameEncoder encoder;

	private final InternalFailures failures;

	private @Nullable Throwable failure;

	private int pendingWrites;

	// after a failure, once the client knows that the connection has ended: then the
	// message was in flight at the end, so delivery at least once gives it up at last
	private boolean ended;

	// results of refused writes, which follow those of all earlier writes
	private final Queue<Runnable> results = new ArrayDeque<>(1);

	/**
	 * Create a connection.
	 * @param socket connection of the transport
	 * @param inbound receives its signals
	 * @param encoder encodes messages
	 * @param failures runs tasks on the executor
	 */
	FramedConnection(WebSocketConnection socket, FramedListener inbound, FrameEncoder encoder,
			InternalFailures failures) {
		this.socket = socket;
		this.inbound = inbound;
		this.encoder = encoder;
		this.failures = failures;
	}

	@Override
	public boolean isWritable() {
		return this.failure == null && this.socket.isWritable();
	}

	@Override
	public long getBytesTaken() {
		return this.socket.getBytesTaken();
	}

	@Override
	public void write(List<? extends OutboundPayload> messages, WriteListener listener) {
		Throwable earlier = this.failure;
		if (earlier != null) {
			this.results.add(() -> listener.onWritten(0, 0, earlier));
			reportResults();
			return;
		}
		List<OutboundPayload> encoded = new ArrayList<>(messages.size());
		try {
			for (OutboundPayload message : messages) {
				encoded.add(this.encoder.encode(message));
			}
		}
		catch (Throwable ex) {
			// the codec may be user code
			this.failure = ex;
			writeBefore(encoded, ex, listener);
			this.failures.post(this::end);
			return;
		}
		send(encoded, listener);
	}

	private void writeBefore(List<OutboundPayload> encoded, Throwable failure, WriteListener listener) {
		int started = encoded.size() + 1;
		if (encoded.isEmpty()) {
			this.results.add(() -> listener.onWritten(0, started, failure));
		}
		else {
			send(encoded,
					(written, begun, error) -> this.results
						.add((error != null) ? () -> listener.onWritten(written, begun, error)
								: () -> listener.onWritten(encoded.size(), started, failure)));
		}
	}

	private void send(List<OutboundPayload> encoded, WriteListener listener) {
		this.pendingWrites++;
		try {
			this.socket.write(encoded, (written, started, error) -> {
				try {
					listener.onWritten(written, started, error);
				}
				finally {
					writeCompleted();
				}
			});
		}
		catch (Throwable ex) {
			writeCompleted();
			throw ex;
		}
	}

	private void writeCompleted() {
		this.pendingWrites--;
		reportResults();
	}

	private void end() {
		this.inbound.encodingFailed(Objects.requireNonNull(this.failure));
		this.ended = true;
		reportResults();
	}

	private void reportResults() {
		if (this.ended && this.pendingWrites == 0) {
			for (Runnable result = this.results.poll(); result != null; result = this.results.poll()) {
				this.failures.post(result);
			}
		}
	}

	@Override
	public void ping(byte[] payload, WriteListener listener) {
		this.socket.ping(payload, listener);
	}

	@Override
	public void resumeReading() {
		this.inbound.resumeReading();
	}

	@Override
	public void suspendReading() {
		this.inbound.suspendReading();
	}

	@Override
	public void close(int code, String reason) {
		this.socket.close(code, reason);
		this.inbound.closing();
	}

	@Override
	public void abort() {
		this.socket.abort();
	}

}
