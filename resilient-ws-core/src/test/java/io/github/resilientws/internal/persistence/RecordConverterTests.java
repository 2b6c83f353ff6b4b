package io.github.resilientws.internal.persistence;

import java.time.Instant;

import org.junit.jupiter.api.Test;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.delivery.DeadLetterEntry;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.store.OutboxRecord;

import static org.assertj.core.api.Assertions.assertThat;

class RecordConverterTests {

	private final OutboxEntry entry = OutboxEntry.recovered(EncodedMessage.of(true, new byte[] { 'x' }, "a"), 7, 2,
			3_000_000, 10_000_000);

	@Test
	void waitingMessageKeepsItsTimes() {
		OutboxRecord stored = converter(1000, 5_000_000).toRecord(this.entry);
		assertThat(stored.acceptedMillis()).isEqualTo(998);
		assertThat(stored.expiresMillis()).isEqualTo(1008);
		OutboxEntry read = converter(1004, 100_000_000).toEntry(7, stored);
		assertThat(read.attempts()).isEqualTo(2);
		assertThat(read.position()).isEqualTo(7);
		assertThat(read.acceptedNanos()).isEqualTo(94_000_000);
		assertThat(read.remainingNanos(100_000_000)).isEqualTo(4_000_000);
	}

	@Test
	void messageIsNotAcceptedInTheFuture() {
		OutboxRecord stored = converter(1000, 5_000_000).toRecord(this.entry);
		assertThat(converter(500, 5_000_000).toEntry(7, stored).acceptedNanos()).isEqualTo(5_000_000);
	}

	@Test
	void deadLetterKeepsItsCauseAndDoesNotExpire() {
		Instant since = Instant.ofEpochMilli(1000);
		OutboxRecord stored = converter(1000, 5_000_000)
			.toRecord(new DeadLetterEntry(this.entry, DeadLetter.Cause.POISON, since));
		assertThat(stored.death()).isEqualTo(new OutboxRecord.Death(DeadLetter.Cause.POISON, since));
		assertThat(stored.attempts()).isEqualTo(2);
		assertThat(stored.expiresMillis()).isZero();
	}

	private static RecordConverter converter(long millis, long nanos) {
		return new RecordConverter(new StoreClock(() -> Instant.ofEpochMilli(millis), () -> nanos));
	}

}
