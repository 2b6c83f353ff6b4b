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
	 * @return completes with their positions, 0 for a message that is not stored; stays
	 * open while the store is unavailable, and fails with an {@link java.io.IOException}
	 * if the store is closed before
	 */
	CompletableFuture<long[]> resolve(List<OutboxRecord> messages);

	/**
	 * Store messages outside of their transaction, because they were sent too late to be
	 * a part of it.
	 * @param messages the messages
	 * @return see {@link io.github.resilientws.store.SharedOutboxStore#append}
	 */
	CompletableFuture<long[]> append(List<OutboxRecord> messages);

}
