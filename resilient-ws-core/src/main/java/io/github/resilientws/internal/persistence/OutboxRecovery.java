package io.github.resilientws.internal.persistence;

import java.util.ArrayList;
import java.util.List;

import io.github.resilientws.internal.admission.OutboxEntrance;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.delivery.DeadLetterEntry;
import io.github.resilientws.internal.delivery.DeadLetterQueue;
import io.github.resilientws.internal.encoding.MessageIdGenerator;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.store.OutboxRecord;

/**
 * Restores the messages of a store to the outbox.
 */
public final class OutboxRecovery implements OutboxStoreHandle.Target {

	private final String client;

	private final RecordConverter converter;

	private final MessageIdGenerator ids;

	private final DeadLetterQueue deadLetters;

	private final OutboxEntrance entrance;

	private final ObserverNotifier notifier;

	/**
	 * Create a recovery.
	 * @param client name of the client
	 * @param clock converts times of the wall clock
	 * @param ids continues after the ids that were used
	 * @param deadLetters receives dead letters
	 * @param entrance receives messages to be sent
	 * @param notifier notifies observers
	 */
	public OutboxRecovery(String client, StoreClock clock, MessageIdGenerator ids, DeadLetterQueue deadLetters,
			OutboxEntrance entrance, ObserverNotifier notifier) {
		this.client = client;
		this.converter = new RecordConverter(clock);
		this.ids = ids;
		this.deadLetters = deadLetters;
		this.entrance = entrance;
		this.notifier = notifier;
	}

	@Override
	public void accept(List<PositionedRecord> records) {
		this.ids.reset();
		List<OutboxEntry> waiting = new ArrayList<>();
		List<DeadLetterEntry> dead = new ArrayList<>();
		for (PositionedRecord one : records) {
			OutboxEntry entry = this.converter.toEntry(one.position(), one.record());
			OutboxRecord.Death death = one.record().death();
			if (death != null) {
				dead.add(new DeadLetterEntry(entry, death.cause(), death.since()));
			}
			else {
				waiting.add(entry);
			}
		}
		this.deadLetters.recovered(dead);
		// a crash occurred between the resubmission and the removal of the dead letter
		waiting.forEach(this.deadLetters::resubmitted);
		int entered = this.entrance.enterRecovered(waiting).size();
		if (!records.isEmpty()) {
			int letters = this.deadLetters.size();
			this.notifier.notify((observer) -> observer.recovered(this.client, entered, letters));
		}
	}

}
