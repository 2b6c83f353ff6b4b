package io.github.resilientws.internal;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.internal.execution.CallbackThreads;
import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.internal.execution.SequentialExecutor;
import io.github.resilientws.internal.monitoring.ClientObservations;
import io.github.resilientws.internal.monitoring.LoggingObserver;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.internal.state.StateHolder;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.transport.SerialExecutor;

/**
 * The basic objects of one client: executors, time, state, counters and observers.
 */
final class ClientEnvironment {

	// the default of the JDK depends on the context class loader of its first caller
	static final RandomGenerator RANDOM = () -> ThreadLocalRandom.current().nextLong();

	private final ClientSettings settings;

	private final CallbackThreads threads;

	private final InternalFailures failures;

	private final InstantSource clock;

	private final RandomGenerator random;

	private final LongSupplier nanoTime;

	private final SequentialExecutor events;

	private final SequentialExecutor deliveries;

	private final StateHolder states;

	private final Statistics statistics;

	private final ObserverNotifier notifier;

	private final @Nullable ClientObservations observations;

	ClientEnvironment(ClientSettings settings, ApplicationComponents components, CallbackThreads threads,
			SerialExecutor executor) {
		this.settings = settings;
		this.threads = threads;
		this.failures = new InternalFailures(settings.name(), executor);
		this.clock = components.component(InstantSource.class, InstantSource.system());
		this.random = components.component(RandomGenerator.class, RANDOM);
		this.nanoTime = executor::nanoTime;
		this.events = SequentialExecutor.priority(threads, this.failures);
		this.deliveries = SequentialExecutor.priority(threads, this.failures);
		this.states = new StateHolder(this.clock, this.nanoTime, settings.reconnect().resetAfter());
		this.statistics = new Statistics(this.nanoTime);
		List<ClientObserver> observers = new ArrayList<>(components.observers());
		observers.add(0, new LoggingObserver(settings, this.nanoTime));
		this.notifier = new ObserverNotifier(settings.name(), this.events, observers);
		ObservationRegistry registry = components.component(ObservationRegistry.class);
		this.observations = (registry != null && registry != ObservationRegistry.NOOP)
				? new ClientObservations(settings.name(), registry, components.components(), this.events, this.nanoTime)
				: null;
	}

	String name() {
		return this.settings.name();
	}

	ClientSettings settings() {
		return this.settings;
	}

	CallbackThreads threads() {
		return this.threads;
	}

	InternalFailures failures() {
		return this.failures;
	}

	SerialExecutor executor() {
		return this.failures.guardedExecutor();
	}

	LongSupplier nanoTime() {
		return this.nanoTime;
	}

	InstantSource clock() {
		return this.clock;
	}

	RandomGenerator random() {
		return this.random;
	}

	SequentialExecutor events() {
		return this.events;
	}

	SequentialExecutor deliveries() {
		return this.deliveries;
	}

	StateHolder states() {
		return this.states;
	}

	Statistics statistics() {
		return this.statistics;
	}

	ObserverNotifier notifier() {
		return this.notifier;
	}

	@Nullable ClientObservations observations() {
		return this.observations;
	}

}
