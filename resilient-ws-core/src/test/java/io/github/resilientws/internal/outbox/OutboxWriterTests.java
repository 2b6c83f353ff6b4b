package io.github.resilientws.internal.outbox;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;

import org.junit.jupiter.api.Test;

import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.admission.AdmissionParts;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.test.VirtualExecutor;
import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Writes of a transport that does what it should not.
 */
class OutboxWriterTests {

	private final VirtualExecutor time = new VirtualExecutor();

	private final AdmissionParts parts = new AdmissionParts(QueueSettings.DEFAULTS, this.time, Runnable::run);

	private final AtMostOnce deliveryMode = new AtMostOnce(this.parts.outbox, this.parts.outcomes);

	private final List<String> written = new ArrayList<>();

	@Test
	void messagesOfAWriteThatThrowsAreUncertainAndTheNextConnectionGoesOn() {
		OutboxEntry first = this.parts.enter("first");
		OutboxWriter broken = writer(new Socket((frames, listener) -> {
			throw new IllegalStateException("broken");
		}));
		assertThatIllegalStateException().isThrownBy(broken::open).withMessage("broken");

		CompletionException failure = catchThrowableOfType(CompletionException.class, first.future()::join);
		assertThat(((WebSocketDeliveryException) failure.getCause()).getReason()).isEqualTo(Reason.UNDELIVERABLE);
		assertThat(this.parts.outbox.pendingWrites()).isZero();

		broken.close();
		OutboxEntry second = this.parts.enter("second");
		writer(new Socket(this::write)).open();
		assertThat(this.written).containsExactly("second");
		assertThat(second.future()).isCompleted();
		assertThat(this.parts.capacity.unfinished()).isZero();
	}

	@Test
	void resultOfAWriteCountsOnce() {
		this.parts.enter("first");
		writer(new Socket((frames, listener) -> {
			listener.onWritten(frames.size(), frames.size(), null);
			listener.onWritten(frames.size(), frames.size(), null);
		})).open();
		assertThat(this.parts.outbox.pendingWrites()).isZero();
		assertThat(this.parts.capacity.unfinished()).isZero();
	}

	private void write(List<? extends OutboundPayload> frames, WriteListener listener) {
		frames.forEach((frame) -> this.written.add(new String(frame.payload(), StandardCharsets.UTF_8)));
		listener.onWritten(frames.size(), frames.size(), null);
	}

	private OutboxWriter writer(WebSocketConnection socket) {
		return new OutboxWriter(this.time, this.parts.outbox, this.deliveryMode, DeliveryMonitor.NONE,
				new PlainConnection(socket), () -> {
				});
	}

	private record PlainConnection(WebSocketConnection socket) implements OutboxConnection {

		@Override
		public boolean accepts(OutboxEntry entry) {
			return true;
		}

		@Override
		public OutboundPayload encode(OutboxEntry entry) {
			return entry;
		}

	}

	private record Socket(Write write) implements WebSocketConnection {

		@Override
		public boolean isWritable() {
			return true;
		}

		@Override
		public long getBytesTaken() {
			return 0;
		}

		@Override
		public void write(List<? extends OutboundPayload> frames, WriteListener listener) {
			this.write.perform(frames, listener);
		}

		@Override
		public void ping(byte[] payload, WriteListener listener) {
		}

		@Override
		public void resumeReading() {
		}

		@Override
		public void suspendReading() {
		}

		@Override
		public void close(int code, String reason) {
		}

		@Override
		public void abort() {
		}

	}

	private interface Write {

		void perform(List<? extends OutboundPayload> frames, WriteListener listener);

	}

}
