package io.github.resilientws.internal.monitoring;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.FailureDescription;
import io.github.resilientws.Handshake;
import io.github.resilientws.observation.DefaultHandshakeObservationConvention;
import io.github.resilientws.observation.DefaultReceiveObservationConvention;
import io.github.resilientws.observation.DefaultSendObservationConvention;
import io.github.resilientws.observation.HandshakeObservationContext;
import io.github.resilientws.observation.HandshakeObservationConvention;
import io.github.resilientws.observation.Outcome;
import io.github.resilientws.observation.ReceiveObservationContext;
import io.github.resilientws.observation.ReceiveObservationConvention;
import io.github.resilientws.observation.SendObservationContext;
import io.github.resilientws.observation.SendObservationConvention;
import io.github.resilientws.observation.WebSocketClientObservationDocumentation;

/**
 * Creates the observations of one client. Exceptions of handlers and conventions are
 * logged and otherwise ignored.
 */
public final class ClientObservations {

	private static final Log logger = LogFactory.getLog(ClientObservations.class);

	private final String client;

	private final ObservationRegistry registry;

	private final Map<Class<?>, Object> conventions;

	private final Executor events;

	private final LogThrottle warnings;

	public ClientObservations(String client, ObservationRegistry registry, Map<Class<?>, Object> conventions,
			Executor events, LongSupplier nanoTime) {
		this.client = client;
		this.registry = registry;
		this.conventions = conventions;
		this.events = events;
		this.warnings = new LogThrottle(nanoTime, Duration.ofMinutes(1));
	}

	/**
	 * Return whether an observation would have handlers; handlers may be registered late.
	 * @return whether the registry has handlers
	 */
	public boolean areWanted() {
		return !this.registry.isNoop();
	}

	public @Nullable Observation startHandshake(Handshake handshake) {
		return start(() -> WebSocketClientObservationDocumentation.HANDSHAKE.observation(
				convention(HandshakeObservationConvention.class), new DefaultHandshakeObservationConvention(),
				() -> new HandshakeObservationContext(handshake), this.registry));
	}

	public @Nullable Observation startSend() {
		return start(() -> WebSocketClientObservationDocumentation.SEND.observation(
				convention(SendObservationConvention.class), new DefaultSendObservationConvention(),
				() -> new SendObservationContext(this.client), this.registry));
	}

	/**
	 * Observe listeners that handle a message.
	 * @param listeners calls the listeners and returns whether none failed
	 * @return result of the call
	 */
	public boolean receive(BooleanSupplier listeners) {
		Observation observation = start(() -> WebSocketClientObservationDocumentation.RECEIVE.observation(
				convention(ReceiveObservationConvention.class), new DefaultReceiveObservationConvention(),
				() -> new ReceiveObservationContext(this.client), this.registry));
		if (observation == null) {
			return listeners.getAsBoolean();
		}
		boolean success = inScope(observation, listeners::getAsBoolean);
		stop(observation, success ? null : new ObservedFailure("a listener failed"), (context) -> {
			if (context instanceof ReceiveObservationContext receive) {
				receive.setOutcome(success ? Outcome.SUCCESS : Outcome.FAILURE);
			}
		});
		return success;
	}

	/**
	 * Run a task while an observation is current.
	 * @param <T> type of the result
	 * @param observation the observation
	 * @param task the task
	 * @return its result
	 */
	public <T extends @Nullable Object> T inScope(Observation observation, Supplier<T> task) {
		Observation.Scope before = this.registry.getCurrentObservationScope();
		Observation.Scope scope = guarded(observation::openScope);
		if (scope == null) {
			this.registry.setCurrentObservationScope(before);
		}
		try {
			return task.get();
		}
		finally {
			if (scope != null) {
				guarded(() -> {
					scope.close();
					return scope;
				});
			}
		}
	}

	/**
	 * Stop an observation.
	 * @param observation the observation
	 * @param failure a failure whose text is safe to show, or {@code null}
	 * @param end adds the result to the context
	 */
	public void stop(Observation observation, @Nullable Throwable failure, Consumer<Observation.Context> end) {
		guarded(() -> {
			end.accept(observation.getContext());
			if (failure != null) {
				observation.error(failure);
			}
			observation.stop();
			return observation;
		});
	}

	public Executor events() {
		return this.events;
	}

	private @Nullable Observation start(Supplier<Observation> observation) {
		Observation created = guarded(observation::get);
		if (created == null || created.isNoop()) {
			return null;
		}
		if (guarded(created::start) == null) {
			// some handlers may have started
			guarded(() -> {
				created.stop();
				return created;
			});
			return null;
		}
		return created;
	}

	private <C extends ObservationConvention<?>> @Nullable C convention(Class<C> type) {
		return type.cast(this.conventions.get(type));
	}

	private <T> @Nullable T guarded(Supplier<@Nullable T> call) {
		try {
			return call.get();
		}
		catch (Throwable ex) {
			if (this.warnings.pass("an observation failed") != LogThrottle.HELD_BACK) {
				logger.warn("[" + this.client + "] an observation failed: " + FailureDescription.describe(ex));
			}
			return null;
		}
	}

}
