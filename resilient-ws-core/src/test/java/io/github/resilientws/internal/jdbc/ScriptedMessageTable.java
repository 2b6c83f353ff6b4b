package io.github.resilientws.internal.jdbc;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

import org.springframework.dao.RecoverableDataAccessException;

/**
 * Returns what a test says, and records what it was asked.
 */
class ScriptedMessageTable implements MessageTable {

	private final Queue<Object> answers = new ArrayDeque<>();

	private final List<List<RowKey>> deleted = new ArrayList<>();

	private final List<Long> positions = new ArrayList<>();

	private final List<Integer> limits = new ArrayList<>();

	private final List<Boolean> own = new ArrayList<>();

	/** Returns the deleted rows, write by write. */
	List<List<RowKey>> deleted() {
		return this.deleted;
	}

	/** Returns the positions after which rows were read. */
	List<Long> positions() {
		return this.positions;
	}

	List<Integer> limits() {
		return this.limits;
	}

	/** Returns for each read whether it included own rows. */
	List<Boolean> own() {
		return this.own;
	}

	void willRead(long horizon, MessageRow... rows) {
		this.answers.add(new TableSnapshot(List.of(rows), horizon, Set.of()));
	}

	void willReadBeside(long running, long next, MessageRow... rows) {
		this.answers.add(new TableSnapshot(List.of(rows), next, Set.of(running)));
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
