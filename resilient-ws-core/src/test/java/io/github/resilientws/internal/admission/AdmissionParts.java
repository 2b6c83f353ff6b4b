package io.github.resilientws.internal.admission;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executor;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.internal.encoding.MessageRefusedException;
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
public final class AdmissionParts {

	public final OutboxCapacity capacity;

	private final DroppableMessages droppable;

	public final MessageOutcomes outcomes;

	public final IngressQueue ingress;

	public final OutboxEntrance entrance;

	public final Outbox outbox;

	public AdmissionParts(QueueSettings settings, SerialExecutor executor, Executor completions) {
		MessageIdIndex ids = new MessageIdIndex();
		this.capacity = new OutboxCapacity(settings);
		Statistics statistics = new Statistics(executor::nanoTime);
		ObserverNotifier notifier = new ObserverNotifier("chat", Runnable::run, List.of());
		DeliveryCompleter completer = new DeliveryCompleter(completions, notifier, () -> "id", this.capacity,
				executor::nanoTime);
		this.outcomes = new MessageOutcomes(MessagePersistence.NONE, ids, this.capacity, completer, statistics);
		this.droppable = new DroppableMessages(settings.overflow() == Overflow.DROP_OLDEST, this.capacity,
				this.outcomes);
		this.ingress = new IngressQueue(executor, settings.capacity(), this.droppable, this.outcomes);
		this.outbox = new Outbox(executor, this.ingress, this.droppable, ids, this.outcomes, statistics);
		this.ingress.setConsumer(() -> this.outbox.takeIngress(true));
		OutboxRoom room = new OutboxRoom(settings, this.capacity, this.droppable,
				new StateHolder(() -> Instant.EPOCH, () -> 0, Duration.ZERO), () -> false);
		this.entrance = new OutboxEntrance(settings, executor, ids, room, MessagePersistence.NONE, this.ingress);
	}

	/**
	 * Let a message enter the outbox.
	 * @param text the message, and its id
	 */
	public OutboxEntry enter(String text) {
		try {
			return this.entrance.enter(EncodedMessage.of(true, text.getBytes(StandardCharsets.UTF_8), text),
					OutboundMessage.text(text));
		}
		catch (MessageRefusedException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static EncodedMessage encoded(String text) {
		return EncodedMessage.of(true, text.getBytes(StandardCharsets.UTF_8), null);
	}

}
