package io.github.resilientws.internal.admission;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;

import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.internal.outbox.Outbox;
import io.github.resilientws.internal.state.StateHolder;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.transport.SerialExecutor;

/**
 * The way into an outbox without a client.
 */
final class AdmissionParts {

	final OutboxCapacity capacity;

	final DroppableMessages droppable;

	final MessageOutcomes outcomes;

	final IngressQueue ingress;

	final OutboxEntrance entrance;

	final Outbox outbox;

	AdmissionParts(QueueSettings settings, SerialExecutor executor, Executor completions) {
		MessageIdIndex ids = new MessageIdIndex();
		this.capacity = new OutboxCapacity(settings);
		Statistics statistics = new Statistics(executor::nanoTime);
		ObserverNotifier notifier = new ObserverNotifier("chat", Runnable::run, List.of());
		DeliveryCompleter completer = new DeliveryCompleter("chat", completions, notifier, () -> "id", this.capacity,
				executor::nanoTime);
		this.outcomes = new MessageOutcomes(MessagePersistence.NONE, ids, this.capacity, completer, statistics);
		this.droppable = new DroppableMessages(settings.overflow() == Overflow.DROP_OLDEST, this.capacity,
				this.outcomes);
		this.ingress = new IngressQueue(executor, settings.capacity(), this.droppable, this.outcomes);
		this.outbox = new Outbox(executor, this.ingress, this.droppable, ids, this.outcomes, statistics);
		this.ingress.setConsumer(() -> this.outbox.takeIngress(true));
		OutboxRoom room = new OutboxRoom(settings, this.capacity, this.droppable,
				new StateHolder(() -> Instant.EPOCH), () -> false);
		this.entrance = new OutboxEntrance(settings, executor, ids, room, MessagePersistence.NONE, this.ingress);
	}

	static EncodedMessage encoded(String text) {
		return EncodedMessage.of(true, text.getBytes(), null);
	}

}
