package io.github.resilientws.internal.jdbc;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.springframework.dao.RecoverableDataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link LineReader} with results that no real database returns on demand.
 */
class LineReaderTests {

	private static final int PAGE = 100;

	private final ScriptedMessageTable table = new ScriptedMessageTable();

	private final LineReader reader = new LineReader(this.table, "me");

	@Test
	void returnsEachRowOnce() {
		this.table.willRead(0, row(1, "a"), row(2, "b"));
		this.table.willRead(0, row(1, "a"), row(2, "b"), row(3, "c"));
		assertThat(read(PAGE)).containsExactly("a", "b");
		assertThat(read(PAGE)).containsExactly("c");
	}

	@Test
	void returnsARowThatBecomesVisibleBelowOthers() {
		this.table.willRead(0, row(2, "b"));
		this.table.willRead(0, row(1, "a"), row(2, "b"));
		assertThat(read(PAGE)).containsExactly("b");
		assertThat(read(PAGE)).containsExactly("a");
	}

	@Test
	void mergesInsertedRowsByPosition() {
		this.table.willRead(0);
		read(PAGE);
		this.table.willWrite(0, 2, 4);
		assertThat(write("b", "d")).extracting(MessageRow::key).containsExactly(new RowKey(2, "b"), new RowKey(4, "d"));
		this.table.willRead(0, row(1, "a"), row(3, "c"), row(5, "e"));
		assertThat(read(PAGE)).containsExactly("a", "b", "c", "d", "e");
	}

	@Test
	void insertedRowsAboveAResultThatWasCutWait() {
		this.table.willRead(0);
		read(PAGE);
		this.table.willWrite(0, 2, 4);
		write("b", "d");
		this.table.willRead(0, row(1, "a"), row(3, "c"));
		assertThat(read(2)).containsExactly("a", "b", "c");
		this.table.willRead(0, row(1, "a"), row(3, "c"), row(5, "e"));
		assertThat(read(2)).containsExactly("d", "e");
	}

	@Test
	void knownRowsDoNotFillThePage() {
		this.table.willRead(0, row(1, "a"), row(2, "b"));
		this.table.willRead(0, row(1, "a"), row(2, "b"), row(3, "c"), row(4, "d"));
		read(2);
		assertThat(read(2)).containsExactly("c", "d");
		assertThat(this.table.limits()).containsExactly(2, 4);
	}

	@Test
	void idThatIsInTheTableIsNeitherStoredNorRead() {
		this.table.willWrite(0, 1, null, 3);
		assertThat(write("a", "b", "c")).extracting(MessageRow::messageId).containsExactly("a", "c");
		this.table.willRead(0);
		assertThat(read(PAGE)).containsExactly("a", "c");
	}

	@Test
	void idThatIsTwiceInAWriteIsStoredOnce() {
		this.table.willWrite(0, 1, 1);
		assertThat(write("a", "a")).hasSize(1);
	}

	@Test
	void ownRowsAreReadUntilAllAreKnown() {
		this.table.willRead(0, own(1, "a"), row(2, "b"));
		this.table.willRead(0, own(1, "a"), row(2, "b"), own(3, "c"));
		this.table.willRead(0, row(2, "b"));
		assertThat(read(2)).containsExactly("a", "b");
		assertThat(read(2)).containsExactly("c");
		assertThat(read(2)).isEmpty();
		assertThat(this.table.own()).containsExactly(true, true, false);
		assertThat(this.table.limits()).containsExactly(2, 4, 3);
	}

	@Test
	void removedRowIsDeletedByTheNextWrite() {
		this.table.willRead(0, row(1, "a"), row(2, "b"));
		read(PAGE);
		this.reader.remove(new RowKey(1, "a"));
		assertThat(this.reader.hasRemoved()).isTrue();
		this.table.willWrite(0);
		write();
		assertThat(this.reader.hasRemoved()).isFalse();
		assertThat(this.table.deleted()).containsExactly(List.of(new RowKey(1, "a")));
	}

	@Test
	void removedRowStaysKnownUntilItsDeletionIsCommitted() {
		this.table.willRead(0, row(1, "a"));
		read(PAGE);
		this.reader.remove(new RowKey(1, "a"));
		this.table.willRead(0, row(1, "a"));
		assertThat(read(PAGE)).isEmpty();
		this.table.willFail();
		assertWriteFails();
		this.table.willRead(0, row(1, "a"));
		assertThat(read(PAGE)).isEmpty();
		this.table.willWrite(0);
		write();
		assertThat(this.table.deleted()).containsExactly(List.of(new RowKey(1, "a")), List.of(new RowKey(1, "a")));
	}

	@Test
	void readsFromTheBeginningAfterAFailedWrite() {
		advanceTo(3);
		this.table.willFail();
		assertWriteFails();
		this.table.willRead(61, row(1, "a"), own(2, "b"), row(3, "c"));
		assertThat(read(PAGE)).containsExactly("b");
		assertThat(this.table.positions()).endsWith(3L, 0L);
		assertThat(this.table.own()).endsWith(false, true);
	}

	@Test
	void readsFromTheBeginningAfterAFailedRead() {
		advanceTo(3);
		this.table.willFail();
		assertThatExceptionOfType(RecoverableDataAccessException.class).isThrownBy(() -> read(PAGE));
		this.table.willRead(61, row(1, "a"), own(2, "b"), row(3, "c"));
		assertThat(read(PAGE)).containsExactly("b");
		assertThat(this.table.positions()).endsWith(3L, 0L);
	}

	@Test
	void positionThatIsGivenTwiceIsAnotherRow() {
		this.table.willRead(0, row(1, "a"));
		read(PAGE);
		this.reader.reset();
		this.table.willRead(0, row(1, "b"));
		assertThat(read(PAGE)).containsExactly("b");
	}

	@Test
	void ownRowsAreReadWhileAnInsertIsUndecided() {
		this.table.willRead(0);
		read(PAGE);
		this.table.willFail();
		assertWriteFails("a", "b");
		this.table.willRead(0);
		this.table.willRead(0, own(7, "b"));
		this.table.willRead(0, own(7, "b"));
		this.table.willRead(0);
		assertThat(read(PAGE)).isEmpty();
		assertThat(read(PAGE)).containsExactly("b");
		this.reader.discard(List.of("a"));
		assertThat(read(PAGE)).isEmpty();
		assertThat(this.table.own()).containsExactly(true, true, true, false);
	}

	private void advanceTo(long position) {
		this.table.willRead(50, row(1, "a"), row(position, "c"));
		read(PAGE);
		this.table.willWrite(60);
		write();
		this.table.willRead(61);
		read(PAGE);
		this.table.willRead(61);
		read(PAGE);
	}

	private void assertWriteFails(String... messageIds) {
		assertThatExceptionOfType(RecoverableDataAccessException.class).isThrownBy(() -> write(messageIds));
	}

	private List<String> read(int page) {
		return this.reader.read(page).stream().map(MessageRow::messageId).toList();
	}

	private List<MessageRow> write(String... messageIds) {
		return this.reader.write(Stream.of(messageIds).map((messageId) -> own(0, messageId)).toList());
	}

	private static MessageRow row(long position, String messageId) {
		return Rows.row(position, messageId, "other");
	}

	private static MessageRow own(long position, String messageId) {
		return Rows.row(position, messageId, "me");
	}

}
