package io.github.resilientws.internal.persistence;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.Delivery;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.settings.QueueSettings.Overflow;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whether what happened to messages during one step had a reason.
 */
final class ModelVerdict {

	final Set<String> acked = new HashSet<>();

	final Set<String> nacked = new HashSet<>();

	// acknowledged when they certainly had been sent
	final Set<ModelMessage> due = new HashSet<>();

	private final OutboxModel model;

	boolean interrupted;

	@Nullable ModelMessage sent;

	ModelVerdict(OutboxModel model, boolean interrupted) {
		this.model = model;
		this.interrupted = interrupted;
	}

	boolean isDecided(ModelMessage message) {
		CompletableFuture<Delivery> future = message.future;
		if (future == null) {
			return isDecidedAsTheStoreSays(message);
		}
		if (!future.isDone()) {
			return false;
		}
		try {
			Delivery delivery = future.join();
			assertThat(this.acked).as("phantom delivery").contains(message.id);
			assertThat(delivery.id()).isEqualTo(message.id);
			assertThat(delivery.attempts()).isBetween(message.certain, message.possible);
			assertThat(message.isPerhapsSent()).isTrue();
			return true;
		}
		catch (CompletionException ex) {
			return isFailed(message, (WebSocketDeliveryException) ex.getCause());
		}
	}

	private boolean isFailed(ModelMessage message, WebSocketDeliveryException failure) {
		assertThat(failure.getAttempts()).isBetween(message.certain, message.possible);
		assertThat(failure.isStored()).isEqualTo(failure.getReason() == Reason.CLOSED && !message.isVolatile);
		switch (failure.getReason()) {
			case NEGATIVE -> assertThat(this.nacked).contains(message.id);
			case EXPIRED -> assertThat(message.expiresMillis).isLessThanOrEqualTo(this.model.now());
			case REJECTED -> assertThat(message).isSameAs(this.sent);
			case UNDELIVERABLE -> bury(message);
			case DROPPED -> assertThat(isDropAllowed(message)).as("dropped: %s", message).isTrue();
			case CLOSED -> {
				assertThat(this.model.rig.state().acceptsMessages()).isFalse();
				if (!message.isVolatile) {
					message.future = null;
					message.recovered = true;
					return false;
				}
			}
		}
		return true;
	}

	private boolean isDropAllowed(ModelMessage message) {
		if (message.isVolatile && this.interrupted) {
			return true;
		}
		boolean sending = this.sent != null && this.sent != message;
		boolean replaced = message.key != null && this.model.known.values()
			.stream()
			.anyMatch((other) -> message.key.equals(other.key) && other.order > message.order);
		return message.certain == 0 && !message.recovered
				&& (replaced || (this.model.setup.overflow() == Overflow.DROP_OLDEST && sending));
	}

	private void bury(ModelMessage message) {
		DeadLetter letter = this.model.rig.client.getDeadLetters()
			.list()
			.stream()
			.filter((one) -> one.id().equals(message.id))
			.findAny()
			.orElseThrow();
		assertThat(letter.payload()).isEqualTo(message.frame);
		assertThat(message.possible)
			.isGreaterThanOrEqualTo((letter.cause() == DeadLetter.Cause.POISON) ? 10 : this.model.setup.maxAttempts());
		this.model.dead.put(message.id, message);
	}

	// no caller has its future: an earlier run accepted it
	private boolean isDecidedAsTheStoreSays(ModelMessage message) {
		if (this.model.store.frames(false).contains(message.frame)) {
			return false;
		}
		if (this.model.store.frames(true).contains(message.frame)) {
			bury(message);
			return true;
		}
		assertThat(this.acked.contains(message.id) || this.nacked.contains(message.id)
				|| message.expiresMillis <= this.model.now())
			.as("lost: %s", message)
			.isTrue();
		return true;
	}

}
