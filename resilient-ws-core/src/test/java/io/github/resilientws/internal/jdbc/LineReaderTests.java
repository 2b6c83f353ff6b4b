package io.github.resilientws.internal.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
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

	private final ScriptedTable table = new ScriptedTable();

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
		assertThat(this.table.limits).containsExactly(2, 4);
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
		assertThat(this.table.own).containsExactly(true, true, false);
		assertThat(this.table.limits).containsExactly(2, 4, 3);
	}

	@Test
	void readsFromASeenPositionWhenAllOlderTransactionsOfAWriteHaveEnded() {
		this.table.willRead(50, row(1, "a"), row(3, "c"));
		read(PAGE);
		this.table.willWrite(60);
		write();
		this.table.willRead(60, row(1, "a"), row(3, "c"));
		read(PAGE);
		this.table.willRead(61, row(1, "a"), row(2, "b"), row(3, "c"));
		assertThat(read(PAGE)).containsExactly("b");
		this.table.willRead(61);
		read(PAGE);
		assertThat(this.table.positions).containsExactly(0L, 0L, 0L, 3L);
	}

	@Test
	void positionsOfTheWriteItselfWereNotSeenBeforeIt() {
		this.table.willRead(50, row(1, "a"));
		read(PAGE);
		this.table.willWrite(60, 5);
		write("e");
		this.table.willRead(61);
		read(PAGE);
		this.table.willRead(61);
		read(PAGE);
		assertThat(this.table.positions).containsExactly(0L, 0L, 1L);
	}

	@Test
	void lowerBoundStaysAtTheLastRowOfAResultThatWasCut() {
		this.table.willRead(50);
		read(PAGE);
		this.table.willWrite(51, 9);
		write("i");
		this.table.willWrite(60);
		write();
		this.table.willRead(61, row(1, "a"), row(2, "b"));
		assertThat(read(2)).containsExactly("a", "b");
		this.table.willRead(61, row(3, "c"));
		assertThat(read(2)).containsExactly("c", "i");
		this.table.willRead(61);
		read(2);
		assertThat(this.table.positions).containsExactly(0L, 0L, 2L, 9L);
	}

	@Test
	void lowerBoundAdvancesAfterManyWrites() {
		this.table.willRead(50, row(1, "a"));
		read(PAGE);
		for (int transactionId = 100; transactionId < 1100; transactionId++) {
			this.table.willWrite(transactionId, transactionId);
			write("m" + transactionId);
		}
		this.table.willRead(1100);
		read(PAGE);
		this.table.willRead(1100);
		read(PAGE);
		assertThat(this.table.positions).containsExactly(0L, 0L, 1098L);
	}

	@Test
	void lowerBoundStaysWithoutTransactionIds() {
		this.table.willRead(0, row(1, "a"));
		read(PAGE);
		this.table.willWrite(0);
		write();
		this.table.willRead(0, row(1, "a"));
		read(PAGE);
		this.table.willRead(0, row(1, "a"));
		read(PAGE);
		assertThat(this.table.positions).containsOnly(0L);
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
		assertThat(this.table.deleted).containsExactly(List.of(new RowKey(1, "a")));
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
		assertThat(this.table.deleted).containsExactly(List.of(new RowKey(1, "a")), List.of(new RowKey(1, "a")));
	}

	@Test
	void readsFromTheBeginningAfterAFailedWrite() {
		advanceTo(3);
		this.table.willFail();
		assertWriteFails();
		this.table.willRead(61, row(1, "a"), own(2, "b"), row(3, "c"));
		assertThat(read(PAGE)).containsExactly("b");
		assertThat(this.table.positions).endsWith(3L, 0L);
		assertThat(this.table.own).endsWith(false, true);
	}

	@Test
	void readsFromTheBeginningAfterAFailedRead() {
		advanceTo(3);
		this.table.willFail();
		assertThatExceptionOfType(RecoverableDataAccessException.class).isThrownBy(() -> read(PAGE));
		this.table.willRead(61, row(1, "a"), own(2, "b"), row(3, "c"));
		assertThat(read(PAGE)).containsExactly("b");
		assertThat(this.table.positions).endsWith(3L, 0L);
	}

	@Test
	void writesOfBeforeAFailureDoNotAdvanceTheLowerBound() {
		this.table.willRead(50, row(3, "c"));
		read(PAGE);
		this.table.willWrite(60);
		write();
		this.reader.reset();
		this.table.willRead(61, row(3, "c"));
		read(PAGE);
		this.table.willRead(61, row(3, "c"));
		read(PAGE);
		assertThat(this.table.positions).containsOnly(0L);
	}

	@Test
	void positionsOfBeforeAFailureDoNotRaiseTheLowerBound() {
		this.table.willRead(50, row(9, "i"));
		read(PAGE);
		this.reader.reset();
		this.table.willRead(50, row(1, "a"));
		read(PAGE);
		this.table.willWrite(60);
		write();
		this.table.willRead(61);
		read(PAGE);
		this.table.willRead(61);
		read(PAGE);
		assertThat(this.table.positions).containsExactly(0L, 0L, 0L, 1L);
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
		assertThat(this.table.own).containsExactly(true, true, true, false);
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

	/** Returns what a test says, and records what it was asked. */
	private static final class ScriptedTable implements MessageTable {

		private final Queue<Object> answers = new ArrayDeque<>();

		private final List<List<RowKey>> deleted = new ArrayList<>();

		private final List<Long> positions = new ArrayList<>();

		private final List<Integer> limits = new ArrayList<>();

		private final List<Boolean> own = new ArrayList<>();

		void willRead(long horizon, MessageRow... rows) {
			this.answers.add(new TableSnapshot(List.of(rows), horizon));
		}

		void willWrite(long transactionId, Integer... positions) {
			this.answers.add(new Written(transactionId, positions));
		}

		void willFail() {
			this.answers.add(new RecoverableDataAccessException("connection lost"));
		}

		@Override
		public WriteResult write(List<MessageRow> inserted, List<RowKey> deleted) {
			this.deleted.add(deleted);
			Written written = (Written) answer();
			Map<String, Long> positions = new HashMap<>();
			for (int i = 0; i < inserted.size(); i++) {
				if (written.positions()[i] != null) {
					positions.put(inserted.get(i).messageId(), (long) written.positions()[i]);
				}
			}
			return new WriteResult(positions, written.transactionId());
		}

		@Override
		public TableSnapshot read(long after, int limit, boolean own) {
			this.positions.add(after);
			this.limits.add(limit);
			this.own.add(own);
			return (TableSnapshot) answer();
		}

		private Object answer() {
			Object answer = this.answers.remove();
			if (answer instanceof RuntimeException ex) {
				throw ex;
			}
			return answer;
		}

		private record Written(long transactionId, Integer[] positions) {

		}

	}

}
