package io.github.resilientws.internal.delivery;

import java.time.InstantSource;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.github.resilientws.internal.admission.AdmissionParts;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.internal.outbox.PeerLiveness;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.test.VirtualExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Acknowledgements of messages whose connection is being closed, or was lost.
 */
class AtLeastOnceReleaseTests {

	private final VirtualExecutor time = new VirtualExecutor();

	private final AdmissionParts parts = new AdmissionParts(QueueSettings.DEFAULTS, this.time, Runnable::run);

	private final AtLeastOnce deliveryMode = new AtLeastOnce(this.time, DeliverySettings.DEFAULTS.atLeastOnce(),
			this.parts.outbox, this.parts.outcomes,
			new DeadLetterQueue("chat", InstantSource.system(), new ObserverNotifier("chat", Runnable::run, List.of()),
					new Statistics(this.time::nanoTime), DeadLetterPersistence.NONE, 0),
			() -> {
			});

	@Test
	void lateAcknowledgementSparesTheResend() {
		List<OutboxEntry> batch = sendTwo();

		this.deliveryMode.onConnectionReleased();

		assertThat(this.deliveryMode.onAcknowledged("a")).isTrue();
		assertThat(batch.get(0).future()).isCompletedWithValueMatching((delivery) -> delivery.attempts() == 1);
		assertThat(this.parts.outbox.next(0, (entry) -> true)).isSameAs(batch.get(1));
		assertThat(this.deliveryMode.onAcknowledged("a")).isFalse();
		assertThat(this.parts.outbox.next(0, (entry) -> true)).isNull();
	}

	@Test
	void lateRefusalSparesTheResend() {
		List<OutboxEntry> batch = sendTwo();

		this.deliveryMode.onConnectionReleased();

		assertThat(this.deliveryMode.onRefused("b", "no")).isTrue();
		assertThat(batch.get(1).future()).isCompletedExceptionally();
		assertThat(this.parts.outbox.next(0, (entry) -> true)).isSameAs(batch.get(0));
		assertThat(this.parts.outbox.next(0, (entry) -> true)).isNull();
	}

	private List<OutboxEntry> sendTwo() {
		List<OutboxEntry> batch = List.of(this.parts.enter("a"), this.parts.enter("b"));
		this.deliveryMode.monitor(new Alive()).start();
		batch.forEach((entry) -> assertThat(this.parts.outbox.next(0, (any) -> true)).isSameAs(entry));
		this.deliveryMode.onWriteCompleted(batch, 2, 2, true);
		return batch;
	}

	private static final class Alive implements PeerLiveness {

		@Override
		public long reads() {
			return 0;
		}

		@Override
		public boolean isMonitored() {
			return false;
		}

		@Override
		public void requestProof() {
		}

	}

}
