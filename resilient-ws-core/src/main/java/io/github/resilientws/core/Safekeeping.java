package io.github.resilientws.core;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;

import io.github.resilientws.core.StoredMessage.Death;
import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Turns messages into records and, after a restart, back.
 */
final class Safekeeping implements Journal.Target {

	private final String client;

	private final Journal journal;

	private final InstantSource clock;

	private final SerialExecutor executor;

	private final MessageIds ids;

	private final ConcurrentMap<String, OutboxEntry> byGivenId;

	private final Quota quota;

	private final DeadLetterBox deadLetters;

	private final Outbox outbox;

	private final Completions completions;

	private final Runnable onRecovered;

	Safekeeping(String client, Journal journal, InstantSource clock, SerialExecutor executor, MessageIds ids,
			ConcurrentMap<String, OutboxEntry> byGivenId, Quota quota, DeadLetterBox deadLetters, Outbox outbox,
			Completions completions, Runnable onRecovered) {
		this.client = client;
		this.journal = journal;
		this.clock = clock;
		this.executor = executor;
		this.ids = ids;
		this.byGivenId = byGivenId;
		this.quota = quota;
		this.deadLetters = deadLetters;
		this.outbox = outbox;
		this.completions = completions;
		this.onRecovered = onRecovered;
	}

	/**
	 * Wait until the messages of earlier runs are in the outbox, so that their ids are
	 * known and the sequence goes on behind them. Blocks.
	 * @throws IOException if the store cannot be read
	 */
	void load() throws IOException {
		this.journal.load();
	}

	/**
	 * Keep a message. Blocks until it is committed.
	 * @param entry the message
	 * @throws IOException if it is not kept
	 */
	void keep(OutboxEntry entry) throws IOException {
		StoredMessage message = StoredMessage.alive(entry, this.clock, this.executor.nanoTime());
		entry.stored(this.journal.append(message::record));
	}

	@Override
	public void accept(long reserved, List<OutboxRecord> records) throws IOException {
		if (this.ids instanceof SequenceIds sequence) {
			sequence.startAfter(reserved);
		}
		List<OutboxEntry> alive = new ArrayList<>();
		Map<OutboxEntry, Death> dead = new LinkedHashMap<>();
		List<StoredMessage> messages = new ArrayList<>(records.size());
		for (OutboxRecord record : records) {
			messages.add(StoredMessage.read(record));
		}
		long now = this.executor.nanoTime();
		for (int i = 0; i < records.size(); i++) {
			StoredMessage message = messages.get(i);
			OutboxEntry entry = message.entry(records.get(i).position(), this.clock, now);
			if (message.death() != null) {
				dead.put(entry, message.death());
			}
			else if (this.byGivenId.putIfAbsent(entry.requireId(), entry) == null) {
				this.quota.takeRecovered(entry.payload().length);
				alive.add(entry);
			}
		}
		this.deadLetters.recovered(dead);
		// a crash came between the resubmission and the end of the dead letter
		alive.forEach(this.deadLetters::resubmitted);
		if (!alive.isEmpty()) {
			this.executor.execute(() -> {
				this.outbox.recovered(alive);
				this.onRecovered.run();
			});
		}
		if (!records.isEmpty()) {
			int letters = this.deadLetters.size();
			this.completions.tell((observer) -> observer.recovered(this.client, alive.size(), letters));
		}
	}

}
