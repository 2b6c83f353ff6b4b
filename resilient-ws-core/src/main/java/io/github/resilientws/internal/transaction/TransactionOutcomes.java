package io.github.resilientws.internal.transaction;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import io.github.resilientws.store.OutboxRecord;

/**
 * Receives the outcomes of transactions that have inserted messages. The methods do not
 * block.
 */
public interface TransactionOutcomes {

	/**
	 * A transaction was committed.
	 * @param positions the positions of the messages that it has inserted
	 */
	void committed(Map<OutboxRecord, Long> positions);

	/**
	 * Find out whether a transaction was committed, because its commit got no answer.
	 * @param messages the messages that it has inserted
	 * @param since a time before the inserts, as {@link System#nanoTime()}
	 * @return completes with their positions, 0 for a message that is not in the store;
	 * stays open while the store is unavailable, and fails with an
	 * {@link io.github.resilientws.store.UndecidedException} if the store is closed
	 * before, or if another instance may have delivered them
	 */
	CompletableFuture<long[]> resolve(List<OutboxRecord> messages, long since);

	/**
	 * Store messages outside of their transaction, because they were sent too late to be
	 * a part of it.
	 * @param messages the messages
	 * @return see {@link io.github.resilientws.store.SharedOutboxStore#append}
	 */
	CompletableFuture<long[]> append(List<OutboxRecord> messages);

}
