package io.github.resilientws.internal.owner;

import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.springframework.util.Assert;

import io.github.resilientws.ClientDeadLetters;
import io.github.resilientws.DeadLetter;
import io.github.resilientws.Delivery;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.admission.MessageOutcomes;
import io.github.resilientws.internal.delivery.DeadLetterEntry;
import io.github.resilientws.internal.shared.PendingDeliveries;
import io.github.resilientws.internal.shared.PendingDeliveries.PendingDelivery;
import io.github.resilientws.internal.shared.SharedStoreHandle;
import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.StoreUnavailableException;

/**
 * Lists, resubmits and discards the dead letters of a line, on each of its instances. May
 * be called by any thread; blocks until the store has answered.
 */
public final class SharedClientDeadLetters implements ClientDeadLetters {

	private final String client;

	private final SharedStoreHandle store;

	private final PendingDeliveries deliveries;

	private final SharedDeadLetters known;

	private final MessageOutcomes outcomes;

	/**
	 * Create the dead letters of a client.
	 * @param client name of the client
	 * @param store the store
	 * @param deliveries follows messages that are resubmitted
	 * @param known the dead letters that the owner of the line knows
	 * @param outcomes counts messages that are refused
	 */
	public SharedClientDeadLetters(String client, SharedStoreHandle store, PendingDeliveries deliveries,
			SharedDeadLetters known, MessageOutcomes outcomes) {
		this.client = client;
		this.store = store;
		this.deliveries = deliveries;
		this.known = known;
		this.outcomes = outcomes;
	}

	@Override
	public List<DeadLetter> list() {
		try {
			return this.store.await(this.store.store().deadLetters())
				.stream()
				.map(SharedClientDeadLetters::toDeadLetter)
				.toList();
		}
		catch (IOException ex) {
			throw new StoreUnavailableException(this.client, ex);
		}
	}

	private static DeadLetter toDeadLetter(OutboxRecord letter) {
		OutboxRecord.Death death = Objects.requireNonNull(letter.death());
		return new DeadLetter(letter.id(), DeadLetterEntry.payload(letter.text(), letter.payload()), letter.attempts(),
				death.since(), death.cause());
	}

	@Override
	public CompletableFuture<Delivery> resubmit(String id) {
		Assert.notNull(id, "'id' must not be null");
		PendingDelivery delivery = this.deliveries.add(id, new CompletableFuture<>());
		if (delivery == null) {
			return refuse(id, "a message with this id is in the outbox");
		}
		try {
			long position = this.store.await(this.store.store().resubmit(id));
			if (position > 0) {
				this.known.forget(id);
				delivery.stored();
				return delivery.future();
			}
			this.deliveries.remove(delivery);
			return (position == 0) ? refuse(id, "a message with this id is in the outbox") : CompletableFuture
				.failedFuture(new NoSuchElementException("[" + this.client + "] no such dead letter exists"));
		}
		catch (IOException ex) {
			this.deliveries.remove(delivery);
			return refuse(id, "it cannot be stored: " + ex.getMessage());
		}
	}

	private CompletableFuture<Delivery> refuse(String id, String detail) {
		return this.outcomes.refuse(id, Reason.REJECTED, detail);
	}

	@Override
	public boolean discard(String id) {
		Assert.notNull(id, "'id' must not be null");
		try {
			boolean discarded = this.store.await(this.store.store().discard(List.of(id))) > 0;
			this.known.forget(id);
			return discarded;
		}
		catch (IOException ex) {
			throw new StoreUnavailableException(this.client, ex);
		}
	}

}
