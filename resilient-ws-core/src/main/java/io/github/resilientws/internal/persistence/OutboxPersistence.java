package io.github.resilientws.internal.persistence;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;

import io.github.resilientws.internal.delivery.DeadLetterQueue;
import io.github.resilientws.internal.encoding.MessageIdGenerator;
import io.github.resilientws.internal.encoding.SequenceIdGenerator;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.internal.outbox.Outbox;
import io.github.resilientws.internal.outbox.OutboxCapacity;
import io.github.resilientws.internal.outbox.OutboxEntry;
import io.github.resilientws.internal.persistence.StoredMessage.Death;
import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Turns messages into records and, after a restart, back.
 */
public final class OutboxPersistence implements OutboxStoreHandle.Target {

	private final String client;

	private final OutboxStoreHandle journal;

	private final InstantSource clock;

	private final SerialExecutor executor;

	private final MessageIdGenerator ids;

	private final ConcurrentMap<String, OutboxEntry> byGivenId;

	private final OutboxCapacity quota;

	private final DeadLetterQueue deadLetters;

	private final Outbox outbox;

	private final ObserverNotifier notifier;

	private final Runnable onRecovered;

	public OutboxPersistence(String client, OutboxStoreHandle journal, InstantSource clock, SerialExecutor executor,
			MessageIdGenerator ids, ConcurrentMap<String, OutboxEntry> byGivenId, OutboxCapacity quota,
			DeadLetterQueue deadLetters, Outbox outbox, ObserverNotifier notifier, Runnable onRecovered) {
		this.client = client;
		this.journal = journal;
		this.clock = clock;
		this.executor = executor;
		this.ids = ids;
		this.byGivenId = byGivenId;
		this.quota = quota;
		this.deadLetters = deadLetters;
		this.outbox = outbox;
		this.notifier = notifier;
		this.onRecovered = onRecovered;
	}

	/**
	 * Wait until the messages of earlier runs are in the outbox, so that their ids are
	 * known and the sequence goes on behind them. Blocks.
	 * @throws IOException if the store cannot be read
	 */
	public void load() throws IOException {
		this.journal.load();
	}

	/**
	 * Keep a message. Blocks until it is committed.
	 * @param entry the message
	 * @throws IOException if it is not kept
	 */
	public void keep(OutboxEntry entry) throws IOException {
		StoredMessage message = StoredMessage.alive(entry, this.clock, this.executor.nanoTime());
		entry.stored(this.journal.append(message::record));
	}

	@Override
	public void accept(long reserved, List<OutboxRecord> records) throws IOException {
		if (this.ids instanceof SequenceIdGenerator sequence) {
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
			this.notifier.notify((observer) -> observer.recovered(this.client, alive.size(), letters));
		}
	}

}
