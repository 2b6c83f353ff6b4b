package io.github.resilientws.test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

/**
 * An attempt, and the connection that it may become. The methods that
 * {@link WebSocketConnection} does not declare let the test play the server, from any
 * thread.
 *
 * @since 0.1
 */
public final class ScriptedConnection implements WebSocketConnection {

	private final ScriptedState state;

	private final ConnectRequest request;

	private final VirtualExecutor executor;

	private final Duration at;

	ScriptedConnection(ConnectRequest request, VirtualExecutor executor, ConnectionListener listener) {
		this.request = request;
		this.executor = executor;
		this.at = Duration.ofNanos(executor.nanoTime());
		this.state = new ScriptedState(request, executor, listener);
	}

	/**
	 * Return the request of the client.
	 * @return the request
	 */
	public ConnectRequest request() {
		return this.request;
	}

	/**
	 * Return the time at which the attempt began.
	 * @return virtual time since the executor was created
	 */
	public Duration at() {
		return this.at;
	}

	/**
	 * Let the attempt succeed, with an answer without headers.
	 */
	public void open() {
		open(Map.of());
	}

	/**
	 * Let the attempt succeed.
	 * @param responseHeaders headers of the server's answer
	 */
	public void open(Map<String, List<String>> responseHeaders) {
		this.executor.execute(() -> this.state.open(responseHeaders));
	}

	/**
	 * Let the attempt fail.
	 * @param cause cause of the failure
	 */
	public void refuse(DisconnectCause cause) {
		this.executor.execute(() -> this.state.refuse(cause));
	}

	/**
	 * Send a text to the client. It waits while the client does not read.
	 * @param text the text
	 */
	public void text(String text) {
		byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
		this.state.input((listener) -> {
			if (!listener.onEncodedText(utf8, 0, utf8.length)) {
				listener.onText(text);
			}
		});
	}

	/**
	 * Send a binary message to the client. It waits while the client does not read.
	 * @param bytes the message
	 */
	public void binary(ByteBuffer bytes) {
		this.state.input((listener) -> listener.onBinary(bytes));
	}

	/**
	 * Answer the newest ping. The client must have sent one.
	 */
	public void pong() {
		pong(ByteBuffer.wrap(pings().get(pings().size() - 1).clone()));
	}

	/**
	 * Send a pong to the client.
	 * @param payload its payload
	 */
	public void pong(ByteBuffer payload) {
		this.state.input((listener) -> listener.onPong(payload));
	}

	/**
	 * Let bytes arrive that do not complete a frame.
	 */
	public void bytes() {
		this.state.input((listener) -> {
		});
	}

	/**
	 * End the connection from the server's side, at once. Waiting input is lost; held
	 * writes count as never started.
	 * @param code close code, 1006 for none
	 */
	public void lose(int code) {
		lose(new DisconnectCause.Closed(code, "", true));
	}

	/**
	 * End the connection, as {@link #lose(int)}.
	 * @param cause cause of the end
	 */
	public void lose(DisconnectCause cause) {
		this.executor.execute(() -> this.state.lose(cause));
	}

	/**
	 * Set whether the socket takes bytes. The client is notified when it becomes
	 * writable.
	 * @param writable whether it takes bytes
	 */
	public void setWritable(boolean writable) {
		this.executor.execute(() -> this.state.setWritable(writable));
	}

	/**
	 * Let the socket take bytes, for example of a held write. Without this call
	 * {@link #getBytesTaken()} grows when a write succeeds, by the payloads of its
	 * frames.
	 * @param count number of bytes
	 */
	public void takesBytes(long count) {
		this.executor.execute(() -> this.state.writes().takeBytes(count));
	}

	/**
	 * Hold the results of writes until {@link #releaseWrites()}.
	 */
	public void holdWrites() {
		this.executor.execute(this.state.writes()::hold);
	}

	/**
	 * Complete the held writes with success, and hold no more.
	 */
	public void releaseWrites() {
		this.executor.execute(this.state::releaseWrites);
	}

	/**
	 * Fail the oldest held write.
	 * @param written number of its frames that were written
	 * @param started number of its frames that were started
	 * @param failure the exception
	 */
	public void failHeldWrite(int written, int started, Throwable failure) {
		this.executor.execute(() -> this.state.writes().failOldest(written, started, failure));
	}

	/**
	 * Do not answer the client's close frame; the close time-out ends the connection.
	 */
	public void ignoreClose() {
		this.executor.execute(this.state::ignoreClose);
	}

	/**
	 * Return the written texts, held ones included.
	 * @return a copy, in order
	 */
	public List<String> sentTexts() {
		return this.state.sent()
			.stream()
			.filter(OutboundPayload::isText)
			.map((frame) -> new String(frame.payload(), StandardCharsets.UTF_8))
			.toList();
	}

	/**
	 * Return the number of frames of each write.
	 * @return a copy, in order
	 */
	public List<Integer> writeSizes() {
		return this.state.writeSizes();
	}

	/**
	 * Return the payloads of the pings.
	 * @return a copy, in order
	 */
	public List<byte[]> pings() {
		return this.state.pings();
	}

	/**
	 * Return whether the client reads.
	 * @return {@code false} while it has stopped reading
	 */
	public boolean isReading() {
		return this.state.isReading();
	}

	/**
	 * Return the code that the client closed with.
	 * @return the code, or 0 if it did not close
	 */
	public int closeCode() {
		return this.state.closeCode();
	}

	/**
	 * Return whether the client aborted the attempt or the connection.
	 * @return whether it aborted it before its end
	 */
	public boolean isAborted() {
		return this.state.isAborted();
	}

	@Override
	public boolean isWritable() {
		return this.state.isWritable();
	}

	@Override
	public long getBytesTaken() {
		return this.state.writes().bytesTaken();
	}

	@Override
	public void write(List<? extends OutboundPayload> frames, WriteListener listener) {
		this.state.write(frames, listener);
	}

	@Override
	public void ping(byte[] payload, WriteListener listener) {
		this.state.ping(payload, listener);
	}

	@Override
	public void resumeReading() {
		this.state.setReading(true);
	}

	@Override
	public void suspendReading() {
		this.state.setReading(false);
	}

	@Override
	public void close(int code, String reason) {
		this.state.close(code);
	}

	@Override
	public void abort() {
		this.state.abort();
	}

}
