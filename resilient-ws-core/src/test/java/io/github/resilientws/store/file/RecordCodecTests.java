package io.github.resilientws.store.file;

import java.nio.ByteBuffer;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecordCodec}. The bytes are those of docs/file-store-format.md; files
 * of earlier versions hold them.
 */
class RecordCodecTests {

	// checksum, mark and type, length, position, content
	private static final String PUT = "80eca74d 9e525701 00000002 0000000000000007 6869";

	private static final String REMOVE_AND_MORE = "6c57a39b 9e525782 00000000 0000000000000007";

	private final ByteBuffer bytes = ByteBuffer.allocate(64);

	@Test
	void writesTheDocumentedBytes() {
		RecordCodec.put(this.bytes, new StoredRecord(7, new byte[] { 'h', 'i' }), false);
		assertThat(written()).isEqualTo(PUT.replace(" ", ""));
		this.bytes.clear();
		RecordCodec.remove(this.bytes, 7, true);
		assertThat(written()).isEqualTo(REMOVE_AND_MORE.replace(" ", ""));
	}

	@Test
	void readsThemAtAnyIndex() {
		this.bytes.put((byte) 1);
		RecordCodec.put(this.bytes, new StoredRecord(-3, new byte[] { 'h', 'i' }), true);
		ByteBuffer source = this.bytes.flip();
		assertThat(RecordCodec.isRecord(source, 0)).isFalse();
		assertThat(RecordCodec.isRecord(source, 1)).isTrue();
		assertThat(RecordCodec.type(source, 1)).isEqualTo(RecordCodec.PUT);
		assertThat(RecordCodec.hasMore(source, 1)).isTrue();
		assertThat(RecordCodec.position(source, 1)).isEqualTo(-3);
		assertThat(RecordCodec.stored(source, 1).content()).isEqualTo(new byte[] { 'h', 'i' });
		assertThat(RecordCodec.size(source, 1)).isEqualTo(source.limit() - 1);
	}

	@Test
	void noticesEachFlippedBitAndEachMissingByte() {
		byte[] whole = HexFormat.of().parseHex(PUT.replace(" ", ""));
		for (int bit = 0; bit < 8 * whole.length; bit++) {
			byte[] damaged = whole.clone();
			damaged[bit / 8] ^= (byte) (1 << bit % 8);
			assertThat(RecordCodec.isRecord(ByteBuffer.wrap(damaged), 0)).as("bit " + bit).isFalse();
		}
		for (int length = 0; length < whole.length; length++) {
			assertThat(RecordCodec.isRecord(ByteBuffer.wrap(whole, 0, length), 0)).as("length " + length).isFalse();
		}
	}

	private String written() {
		return HexFormat.of().formatHex(this.bytes.array(), 0, this.bytes.position());
	}

}
