package io.github.resilientws.internal.framing;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.FailureDescription;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.internal.codec.FramingException;
import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.WebSocketConnection;

/**
 * Decodes the frames of one connection, and passes messages on while the client reads. A
 * frame that cannot be decoded ends the connection. Confined to the client's executor.
 */
final class FramedListener implements ConnectionListener {

	private static final Log logger = LogFactory.getLog(FramedListener.class);

	private final String client;

	private final FrameDecoder decoder;

	private final ConnectionListener receiver;

	private final InternalFailures failures;

	private @Nullable WebSocketConnection socket;

	private Phase phase = Phase.READING;

	/**
	 * Create a listener.
	 * @param client name of the client
	 * @param decoder decodes the frames
	 * @param receiver receives the messages and all other signals
	 * @param failures runs tasks on the executor
	 */
	FramedListener(String client, FrameDecoder decoder, ConnectionListener receiver, InternalFailures failures) {
		this.client = client;
		this.decoder = decoder;
		this.receiver = receiver;
		this.failures = failures;
	}

	void setSocket(WebSocketConnection socket) {
		this.socket = socket;
	}

	void suspendReading() {
		if (this.phase == Phase.READING) {
			this.phase = Phase.SUSPENDED;
		}
		socket().suspendReading();
	}

	/** Messages that have arrived go first, and may suspend reading again. */
	void resumeReading() {
		if (this.phase == Phase.SUSPENDED) {
			this.phase = Phase.READING;
		}
		if (this.decoder.isEmpty()) {
			socket().resumeReading();
		}
		else {
			this.failures.post(this::readOn);
		}
	}

	private void readOn() {
		deliver();
		if (this.phase.isDecoding()) {
			socket().resumeReading();
		}
	}

	/** From now on messages are passed on whether the client reads or not. */
	void closing() {
		beginClosing();
		this.failures.post(this::deliver);
	}

	@Override
	public void onText(String text) {
		accept(InboundMessage.text(text));
	}

	@Override
	public void onBinary(ByteBuffer bytes) {
		accept(InboundMessage.binary(bytes));
	}

	private void accept(InboundMessage frame) {
		if (this.phase != Phase.ENDED) {
			this.decoder.add(frame);
			deliver();
		}
	}

	private void deliver() {
		while (this.phase.isDecoding()) {
			InboundMessage message = next();
			if (message == null) {
				return;
			}
			if (message.isText()) {
				this.receiver.onText(message.text());
			}
			else {
				this.receiver.onBinary(message.bytes());
			}
		}
	}

	private @Nullable InboundMessage next() {
		try {
			return this.decoder.next();
		}
		catch (FramingException ex) {
			fail(ex);
		}
		catch (Throwable ex) {
			// the codec may be user code
			logger
				.warn("[" + this.client + "] the codec failed to decode a message: " + FailureDescription.describe(ex));
			fail(FramingException.invalid("the codec cannot decode a message"));
		}
		return null;
	}

	private void fail(FramingException failure) {
		Phase before = this.phase;
		end();
		if (before == Phase.READING || before == Phase.SUSPENDED) {
			socket().close(failure.code(), failure.reason());
			this.receiver.onClosed(new DisconnectCause.Closed(failure.code(), failure.reason(), false));
		}
	}

	private void beginClosing() {
		if (this.phase != Phase.ENDED) {
			this.phase = Phase.CLOSING;
		}
	}

	private void end() {
		this.phase = Phase.ENDED;
		this.decoder.end();
	}

	@Override
	public void onClosed(DisconnectCause cause) {
		beginClosing();
		deliver();
		end();
		// after a failure, the receiver learns that all writes are complete
		this.receiver.onClosed(cause);
	}

	@Override
	public void onOpen(Map<String, List<String>> responseHeaders) {
		this.receiver.onOpen(responseHeaders);
	}

	@Override
	public void onRead() {
		this.receiver.onRead();
	}

	@Override
	public void onPong(ByteBuffer payload) {
		this.receiver.onPong(payload);
	}

	@Override
	public void onWritable() {
		this.receiver.onWritable();
	}

	private WebSocketConnection socket() {
		return Objects.requireNonNull(this.socket);
	}

	private enum Phase {

		/** Messages are passed on. */
		READING,

		/** Messages wait for {@link #resumeReading()}. */
		SUSPENDED,

		/** All messages are passed on, whether the client reads or not. */
		CLOSING,

		/** Nothing is decoded any more. */
		ENDED;

		boolean isDecoding() {
			return this == READING || this == CLOSING;
		}

	}

}
