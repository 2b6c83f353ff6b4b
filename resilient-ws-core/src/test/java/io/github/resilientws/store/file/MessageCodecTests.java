package io.github.resilientws.store.file;

import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.store.OutboxRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * The content of records, which files of earlier versions hold.
 */
class MessageCodecTests {

	// version, kind, text, accepted, expires, attempts, length of the id
	private static final String DEAD = "01 01 01 00000000000003e8 0000000000000000 00000003 00000001";

	// when it was given up, id, payload
	private static final String REST = "00000000000003e8 61 78";

	@ParameterizedTest
	@CsvSource({ "00, NOT_ACKNOWLEDGED", "01, POISON", "02, NOT_ENCODED" })
	void codesOfCausesNeverChange(String code, DeadLetter.Cause cause) throws IOException {
		OutboxRecord letter = MessageCodec.read(bytes(DEAD + code + REST));
		assertThat(letter.death()).isEqualTo(new OutboxRecord.Death(cause, Instant.ofEpochMilli(1000)));
		assertThat(letter.id()).isEqualTo("a");
		assertThat(letter.payload()).isEqualTo(new byte[] { 'x' });
		assertThat(MessageCodec.write(letter)).isEqualTo(bytes(DEAD + code + REST));
	}

	@ParameterizedTest
	@ValueSource(strings = { "03", "7f", "ff" })
	void causeOfALaterVersionIsUnknown(String code) throws IOException {
		assertThat(MessageCodec.read(bytes(DEAD + code + REST)).death().cause()).isEqualTo(DeadLetter.Cause.UNKNOWN);
	}

	@Test
	void waitingMessageHasTheFormatOfEarlierVersions() throws IOException {
		byte[] content = bytes("01 00 01 00000000000003e6 00000000000003f0 00000002 00000001 61 78");
		OutboxRecord message = new OutboxRecord("a", null, true, new byte[] { 'x' }, 998, 1008, 2, null);
		assertThat(MessageCodec.write(message)).isEqualTo(content);
		assertThat(MessageCodec.read(content)).usingRecursiveComparison().isEqualTo(message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "01", "02 00 01", "01 02 01 00000000000003e8 0000000000000000 00000003 00000001 61 78",
			"01 00 01 00000000000003e8 0000000000000000 00000003 ffffffff 61" })
	void recordThatIsNoMessageIsAnError(String content) {
		assertThatIOException().isThrownBy(() -> MessageCodec.read(bytes(content)));
	}

	private static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex.replace(" ", ""));
	}

}
