package io.github.resilientws.internal.shared;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.admission.Admission;
import io.github.resilientws.internal.admission.MessageOutcomes;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.shared.PendingDeliveries.PendingDelivery;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.SharedOutboxStore;
import io.github.resilientws.store.TransactionalWriter;
import io.github.resilientws.store.TransactionalWriter.Participation;
import io.github.resilientws.store.TransactionalWriter.RolledBackException;
import io.github.resilientws.store.UndecidedException;

/**
 * Stores messages for their senders, in the transaction of the sender if there is one.
 * Called on senders' threads.
 */
public final class SharedSender implements Admission.SharedOutbox {

	private static final Log logger = LogFactory.getLog(ResilientWebSocketClient.class);

	private final ClientSettings settings;

	private final SharedStoreHandle store;

	private final SharedRoom room;

	private final PendingDeliveries deliveries;

	private final MessageOutcomes outcomes;

	private final BooleanSupplier onClientThread;

	private final AtomicBoolean warned = new AtomicBoolean();

	/**
	 * Create a sender.
	 * @param settings settings of the client
	 * @param store the store
	 * @param room the room of the outbox
	 * @param deliveries follows messages
	 * @param outcomes counts messages that are refused
	 * @param onClientThread whether the caller is a thread that must not wait for room
	 */
	public SharedSender(ClientSettings settings, SharedStoreHandle store, SharedRoom room, PendingDeliveries deliveries,
			MessageOutcomes outcomes, BooleanSupplier onClientThread) {
		this.settings = settings;
		this.store = store;
		this.room = room;
		this.deliveries = deliveries;
		this.outcomes = outcomes;
		this.onClientThread = onClientThread;
	}

	@Override
	public CompletableFuture<Delivery> accept(EncodedMessage encoded, OutboundMessage message)
			throws MessageRefusedException, IOException {
		SharedOutboxStore current = this.store.store();
		TransactionalWriter writer = current.transactional();
		Participation participation = (writer != null) ? writer.getParticipation() : Participation.NONE;
		if (participation == Participation.READ_ONLY) {
			throw new MessageRefusedException("the transaction is read-only");
		}
		if (participation == Participation.NOT_COVERED && this.warned.compareAndSet(false, true)) {
			logger.warn("[" + this.settings.name() + "] A message was sent in a transaction that does not cover the"
					+ " DataSource of its store: it is stored at once, even if the transaction is rolled back");
		}
		OutboxRecord record = this.store.converter().toRecord(encoded, message, this.settings.queue().ttl());
		return (writer != null && participation == Participation.JOINED) ? storeInTransaction(writer, record)
				: storeNow(current, record);
	}

	private CompletableFuture<Delivery> storeInTransaction(TransactionalWriter writer, OutboxRecord record)
			throws MessageRefusedException {
		TransactionFuture<Delivery> future = TransactionFuture.ofCurrentThread();
		PendingDelivery delivery = reserve(record, future);
		CompletableFuture<Long> stored = writer.append(record);
		stored.whenComplete((position, failure) -> future.end());
		settleLater(delivery, record, stored);
		return future;
	}

	private CompletableFuture<Delivery> storeNow(SharedOutboxStore current, OutboxRecord record)
			throws MessageRefusedException {
		CompletableFuture<Delivery> future = new CompletableFuture<>();
		PendingDelivery delivery = reserve(record, future);
		CompletableFuture<Long> stored = current.append(List.of(record)).thenApply((positions) -> positions[0]);
		try {
			long nanos = this.settings.queue().store().storeTimeout().toNanos();
			settle(delivery, record, stored.get(nanos, TimeUnit.NANOSECONDS), null);
		}
		catch (ExecutionException ex) {
			settle(delivery, record, null, ex);
		}
		catch (TimeoutException ex) {
			settleLater(delivery, record, stored);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			settleLater(delivery, record, stored);
		}
		return future;
	}

	private void settleLater(PendingDelivery delivery, OutboxRecord record, CompletableFuture<Long> stored) {
		stored.whenComplete(
				(position, failure) -> this.deliveries.complete(() -> settle(delivery, record, position, failure)));
	}

	private PendingDelivery reserve(OutboxRecord record, CompletableFuture<Delivery> future)
			throws MessageRefusedException {
		this.room.reserve(record.payload().length, !this.onClientThread.getAsBoolean());
		PendingDelivery delivery = this.deliveries.add(record.id(), future);
		if (delivery == null) {
			this.room.settled(record.payload().length, false);
			throw duplicate();
		}
		return delivery;
	}

	private void settle(PendingDelivery delivery, OutboxRecord record, @Nullable Long position,
			@Nullable Throwable failure) {
		boolean stored = position != null && position > 0;
		this.room.settled(record.payload().length, stored);
		if (stored) {
			delivery.stored();
		}
		else {
			delivery.future().completeExceptionally(failure(record.id(), failure));
		}
	}

	private WebSocketDeliveryException failure(String id, @Nullable Throwable failure) {
		if (failure == null) {
			return this.outcomes.refusal(id, Reason.REJECTED, duplicate().detail());
		}
		Throwable cause = SharedStoreHandle.causeOf(failure);
		if (cause instanceof RolledBackException) {
			return new WebSocketDeliveryException(id, 0, Reason.ROLLED_BACK, String.valueOf(cause.getMessage()));
		}
		if (cause instanceof UndecidedException) {
			return WebSocketDeliveryException.stored(id, 0, Reason.CLOSED,
					"it is not known whether it is stored: send it again only with the same id");
		}
		return this.outcomes.refusal(id, Reason.REJECTED, "it cannot be stored: " + cause.getMessage());
	}

	private static MessageRefusedException duplicate() {
		return new MessageRefusedException("a message with this id is in the outbox");
	}

}
