package io.github.resilientws.internal.connection;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.internal.execution.CustomizerThreads;
import io.github.resilientws.internal.monitoring.ClientObservations;
import io.github.resilientws.internal.monitoring.HandshakeObservation;
import io.github.resilientws.internal.persistence.OutboxStoreHandle;
import io.github.resilientws.protocol.TemplateValues;
import io.github.resilientws.transport.ConnectRequest;

/**
 * What one attempt needs before it can dial: asked from the customizers, completed from
 * the settings.
 */
final class AttemptPreparation {

	private final ConnectionContext parts;

	private final HandshakeDraft draft;

	private final @Nullable HandshakeObservation observation;

	AttemptPreparation(ConnectionContext parts, HandshakeDraft draft) {
		this.parts = parts;
		this.draft = draft;
		ClientObservations observations = parts.observations();
		this.observation = (observations != null && observations.areWanted()) ? new HandshakeObservation(observations)
				: null;
	}

	/**
	 * Ask the customizers, on a thread of the pool, and read the store if that is not
	 * done.
	 * @param wanted whether the attempt is still under way
	 * @param done told on the executor what a customizer or the store threw, or
	 * {@code null}
	 */
	void ask(BooleanSupplier wanted, Consumer<@Nullable Throwable> done) {
		OutboxStoreHandle journal = this.parts.journal();
		if (this.parts.customizers().isEmpty() && this.observation == null && (journal == null || journal.isLoaded())) {
			done.accept(null);
			return;
		}
		boolean accepted = this.parts.customizerThreads().execute(() -> {
			// it may have waited long for a thread
			if (wanted.getAsBoolean()) {
				Throwable failure = (this.observation != null) ? this.observation.start(this.draft, this::customize)
						: customize();
				// a call that ended the application comes back when the executor is
				// closed
				if (wanted.getAsBoolean()) {
					this.parts.executor().execute(() -> done.accept(failure));
				}
			}
		});
		if (!accepted) {
			done.accept(new IllegalStateException(CustomizerThreads.MAX_CALLS
					+ " earlier calls of HandshakeCustomizers or stores have not returned"));
		}
	}

	/**
	 * The attempt has ended.
	 * @param failure why it failed, or {@code null} if the handshake was done
	 */
	void ended(@Nullable DisconnectCause failure) {
		if (this.observation != null) {
			this.observation.end(failure);
		}
	}

	/**
	 * Return where and how to connect.
	 * @return the request
	 * @throws IllegalStateException if there is no URL
	 */
	ConnectRequest request() {
		if (this.draft.url() == null) {
			throw new IllegalStateException("no url: neither the settings nor a HandshakeCustomizer supply one");
		}
		return new ConnectRequest(this.draft.url(), Map.copyOf(this.draft.headers()),
				this.parts.settings().subprotocols(), this.parts.settings().maxMessageSize(),
				this.parts.settings().connectTimeout(), this.parts.settings().closeTimeout(),
				(this.parts.tls() != null) ? this.parts.tls().get() : null, this.parts.settings().proxy(),
				this.parts.settings().compression());
	}

	/**
	 * Return the values for templates.
	 * @return the values, those of the customizers before those of the settings
	 * @throws IllegalStateException if a template would lack one
	 */
	TemplateValues values() {
		TemplateValues values = new TemplateValues(List.of(this.draft.values(), this.parts.settings().values()),
				() -> UUID.randomUUID().toString(), this.parts.clock());
		for (String name : this.parts.protocol().get().names()) {
			if (values.lookup(name) == null) {
				throw new IllegalStateException("no value for {{" + name + "}}");
			}
		}
		return values;
	}

	private @Nullable Throwable customize() {
		try {
			if (this.parts.journal() != null) {
				this.parts.journal().load();
			}
			for (HandshakeCustomizer customizer : this.parts.customizers()) {
				customizer.customize(this.draft);
			}
			return null;
		}
		catch (Throwable ex) {
			return ex;
		}
	}

}
