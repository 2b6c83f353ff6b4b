package io.github.resilientws.internal.admission;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.encoding.OutboundMessageEncoder;
import io.github.resilientws.internal.state.StateHolder;

/**
 * Decides on the sender's thread whether a message enters the outbox.
 */
public final class Admission {

	private final StateHolder state;

	private final OutboundMessageEncoder encoder;

	private final OutboxEntrance entrance;

	private final MessageOutcomes outcomes;

	private final @Nullable SharedOutbox shared;

	/**
	 * Create an admission.
	 * @param state state of the client
	 * @param encoder encodes messages
	 * @param entrance brings messages into the outbox
	 * @param outcomes fails messages that are refused
	 * @param shared the outbox that other instances share, or {@code null} if there is
	 * none
	 */
	public Admission(StateHolder state, OutboundMessageEncoder encoder, OutboxEntrance entrance,
			MessageOutcomes outcomes, @Nullable SharedOutbox shared) {
		this.state = state;
		this.encoder = encoder;
		this.entrance = entrance;
		this.outcomes = outcomes;
		this.shared = shared;
	}

	/**
	 * Admit a message to the outbox, or refuse it.
	 * @param message the message
	 * @return its future
	 */
	public CompletableFuture<Delivery> admit(OutboundMessage message) {
		return admit(message, this.encoder, (entry) -> {
		});
	}

	/**
	 * Admit a message.
	 * @param message the message
	 * @param encoder encodes it
	 * @param admitted receives the message, if it is admitted
	 * @return its delivery
	 */
	public CompletableFuture<Delivery> admit(OutboundMessage message, OutboundMessageEncoder encoder,
			Consumer<OutboxEntry> admitted) {
		EncodedMessage encoded = null;
		try {
			requireOpen(message.isVolatile());
			boolean wanted = !message.isVolatile() || isReady();
			if (wanted) {
				// the ids of an earlier run must be known before a new id is used
				this.entrance.open();
			}
			encoded = encoder.encode(message);
			if (!wanted) {
				throw new MessageRefusedException(Reason.DROPPED, "the client is not ready");
			}
			if (this.shared != null) {
				if (!message.isVolatile() && encoded.deferred() == null) {
					return this.shared.accept(encoded, message);
				}
				requireLine();
			}
			OutboxEntry entry = this.entrance.enter(encoded, message);
			admitted.accept(entry);
			return entry.future();
		}
		catch (MessageRefusedException ex) {
			return this.outcomes.refuse(idOf(message, encoded), ex.reason(), ex.detail(), ex.getCause());
		}
		catch (UncheckedIOException ex) {
			// no id could be reserved
			return refuseUnstored(idOf(message, encoded), Objects.requireNonNull(ex.getCause()));
		}
		catch (IOException ex) {
			return refuseUnstored(idOf(message, encoded), ex);
		}
	}

	private static @Nullable String idOf(OutboundMessage message, @Nullable EncodedMessage encoded) {
		return (encoded != null) ? encoded.id() : message.getId();
	}

	/**
	 * Admit a dead letter to the outbox again, or refuse it.
	 * @param letter the message
	 * @param admitted runs if it was admitted
	 * @return its future
	 */
	public CompletableFuture<Delivery> readmit(OutboxEntry letter, Runnable admitted) {
		OutboxEntry entry;
		try {
			requireOpen(false);
			this.entrance.open();
			entry = this.entrance.enterAgain(letter);
		}
		catch (MessageRefusedException ex) {
			return this.outcomes.refuse(letter.knownId(), ex.reason(), ex.detail());
		}
		catch (IOException ex) {
			return refuseUnstored(letter.knownId(), ex);
		}
		admitted.run();
		return entry.future();
	}

	private void requireOpen(boolean volatileMessage) throws MessageRefusedException {
		ConnectionState current = this.state.state();
		if (current == ConnectionState.STANDBY) {
			if (volatileMessage) {
				throw new MessageRefusedException(Reason.DROPPED, "the client is not ready");
			}
			if (this.shared == null) {
				requireLine();
			}
		}
		else if (!current.acceptsMessages()) {
			throw new MessageRefusedException(Reason.CLOSED, "the client is " + current);
		}
	}

	private void requireLine() throws MessageRefusedException {
		if (this.state.state() == ConnectionState.STANDBY) {
			throw new MessageRefusedException("another instance has the line");
		}
	}

	private CompletableFuture<Delivery> refuseUnstored(@Nullable String id, IOException failure) {
		ConnectionState current = this.state.state();
		return (current.acceptsMessages() || (this.shared != null && current == ConnectionState.STANDBY))
				? this.outcomes.refuse(id, Reason.REJECTED, "it cannot be stored: " + failure.getMessage())
				: this.outcomes.refuse(id, Reason.CLOSED, "the client is " + current);
	}

	private boolean isReady() {
		return this.state.state() == ConnectionState.READY;
	}

	/**
	 * The outbox of a client that several instances have: in a store that they share.
	 */
	public interface SharedOutbox {

		/**
		 * Accept a message. Blocks until it is stored, unless it is part of a
		 * transaction.
		 * @param encoded the message
		 * @param message what the application sent
		 * @return its delivery
		 * @throws MessageRefusedException if it is refused
		 * @throws IOException if it cannot be stored
		 */
		CompletableFuture<Delivery> accept(EncodedMessage encoded, OutboundMessage message)
				throws MessageRefusedException, IOException;

	}

}
