package io.github.resilientws.internal.persistence;

import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.delivery.DeadLetterEntry;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.store.OutboxRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * The records of messages, which files of earlier versions hold.
 */
class StoredMessageTests {

	private static final StoreClock CLOCK = new StoreClock(() -> Instant.ofEpochMilli(1000), () -> 0);

	// version, kind, text, accepted, expires, attempts, length of the id
	private static final String DEAD = "01 01 01 00000000000003e8 0000000000000000 00000003 00000001";

	// when it was given up, id, payload
	private static final String REST = "00000000000003e8 61 78";

	@ParameterizedTest
	@CsvSource({ "00, NOT_ACKNOWLEDGED", "01, POISON", "02, NOT_ENCODED" })
	void codesOfCausesNeverChange(String code, DeadLetter.Cause cause) throws IOException {
		StoredMessage message = StoredMessage.read(record(DEAD + code + REST));
		assertThat(message.death().cause()).isEqualTo(cause);
		assertThat(message.death().since()).isEqualTo(Instant.ofEpochMilli(1000));
		OutboxEntry entry = message.toEntry(7, CLOCK);
		assertThat(entry.requireId()).isEqualTo("a");
		assertThat(entry.payload()).isEqualTo(new byte[] { 'x' });
		StoredMessage again = StoredMessage.dead(new DeadLetterEntry(entry, cause, Instant.ofEpochMilli(1000)));
		assertThat(again.toRecord(7).content()).isEqualTo(record(DEAD + code + REST).content());
	}

	@ParameterizedTest
	@ValueSource(strings = { "03", "7f", "ff" })
	void causeOfALaterVersionIsUnknown(String code) throws IOException {
		assertThat(StoredMessage.read(record(DEAD + code + REST)).death().cause()).isEqualTo(DeadLetter.Cause.UNKNOWN);
	}

	@Test
	void waitingMessageKeepsItsTimes() throws IOException {
		StoreClock clock = new StoreClock(() -> Instant.ofEpochMilli(1000), () -> 5_000_000);
		OutboxEntry entry = OutboxEntry.recovered(EncodedMessage.of(true, new byte[] { 'x' }, "a"), 7, 2, 3_000_000,
				10_000_000);
		OutboxRecord stored = StoredMessage.waiting(entry, clock).toRecord(7);
		assertThat(stored.content())
			.isEqualTo(record("01 00 01 00000000000003e6 00000000000003f0 00000002 00000001 61 78").content());
		OutboxEntry read = StoredMessage.read(stored)
			.toEntry(7, new StoreClock(() -> Instant.ofEpochMilli(1004), () -> 100_000_000));
		assertThat(read.attempts()).isEqualTo(2);
		assertThat(read.acceptedNanos()).isEqualTo(94_000_000);
		assertThat(read.remainingNanos(100_000_000)).isEqualTo(4_000_000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "01", "02 00 01", "01 02 01 00000000000003e8 0000000000000000 00000003 00000001 61 78",
			"01 00 01 00000000000003e8 0000000000000000 00000003 ffffffff 61" })
	void recordThatIsNoMessageIsAnError(String content) {
		assertThatIOException().isThrownBy(() -> StoredMessage.read(record(content)));
	}

	private static OutboxRecord record(String hex) {
		return new OutboxRecord(7, HexFormat.of().parseHex(hex.replace(" ", "")));
	}

}
