package io.github.resilientws.internal.jdbc;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LineReader}: the position after which it reads.
 */
class LineReaderLowerBoundTests {

	private static final int PAGE = 100;

	private final ScriptedMessageTable table = new ScriptedMessageTable();

	private final LineReader reader = new LineReader(this.table, "me");

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
		assertThat(this.table.positions()).containsExactly(0L, 0L, 0L, 3L);
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
		assertThat(this.table.positions()).containsExactly(0L, 0L, 1L);
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
		assertThat(this.table.positions()).containsExactly(0L, 0L, 2L, 9L);
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
		assertThat(this.table.positions()).containsExactly(0L, 0L, 1098L);
	}

	@Test
	void lowerBoundPassesATransactionThatRunsForLong() {
		setAside();
		assertThat(this.table.positions()).endsWith(0L, 2000L);
	}

	@Test
	void lowerBoundWaitsForATransactionThatHoldsBackFewRows() {
		this.table.willReadBeside(55, 56, row(1, "a"), row(1000, "b"));
		read(PAGE);
		this.table.willWrite(60);
		write();
		this.table.willReadBeside(55, 61);
		read(PAGE);
		this.table.willReadBeside(55, 61);
		read(PAGE);
		assertThat(this.table.positions()).containsOnly(0L);
	}

	@Test
	void rowsOfATransactionThatWasSetAsideComeBeforeNewerOnesWhenItHasEnded() {
		setAside();
		this.table.willRead(70, row(3000, "d"));
		this.table.willRead(70, row(2, "b"), row(3000, "d"));
		assertThat(read(PAGE)).containsExactly("b", "d");
		this.table.willRead(70);
		read(PAGE);
		assertThat(this.table.positions()).endsWith(2000L, 0L, 2000L);
	}

	@Test
	void lowerBoundStaysAtTheLastRowOfATransactionThatWasSetAsideIfAResultWasCut() {
		setAside();
		this.table.willRead(70, row(3000, "d"));
		this.table.willRead(70, row(2, "b"), row(3, "c"), row(4, "x"), row(5, "y"));
		assertThat(read(2)).containsExactly("b", "c", "x", "y");
		this.table.willRead(70, row(6, "z"), row(3000, "d"));
		assertThat(read(2)).containsExactly("z", "d");
		assertThat(this.table.positions()).endsWith(2000L, 0L, 5L);
	}

	@Test
	void transactionThatWasSetAsideIsForgottenAfterAFailure() {
		setAside();
		this.reader.reset();
		this.table.willRead(70, row(2, "b"), row(3000, "d"));
		assertThat(read(PAGE)).containsExactly("b", "d");
		assertThat(this.table.positions()).endsWith(2000L, 0L);
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
		assertThat(this.table.positions()).containsOnly(0L);
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
		assertThat(this.table.positions()).containsOnly(0L);
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
		assertThat(this.table.positions()).containsExactly(0L, 0L, 0L, 1L);
	}

	/** Read rows up to 2,000 beside transaction 55, which has not committed. */
	private void setAside() {
		this.table.willReadBeside(55, 56, row(1, "a"), row(2000, "c"));
		read(PAGE);
		this.table.willWrite(60);
		write();
		this.table.willReadBeside(55, 61);
		read(PAGE);
		this.table.willReadBeside(55, 61);
		read(PAGE);
	}

	private List<String> read(int page) {
		return this.reader.read(page).stream().map(MessageRow::messageId).toList();
	}

	private void write(String... messageIds) {
		this.reader.write(Stream.of(messageIds).map((messageId) -> Rows.row(0, messageId, "me")).toList());
	}

	private static MessageRow row(long position, String messageId) {
		return Rows.row(position, messageId, "other");
	}

}
