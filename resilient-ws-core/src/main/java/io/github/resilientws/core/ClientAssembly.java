package io.github.resilientws.core;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

import io.micrometer.observation.ObservationRegistry;
import org.jctools.queues.atomic.MpscGrowableAtomicArrayQueue;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.TaskDecorator;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.retry.RetryPolicy;
import org.springframework.retry.backoff.SleepingBackOffPolicy;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.DeliverySettings;
import io.github.resilientws.DeliverySettings.IdType;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.StoreSettings;
import io.github.resilientws.StoreSettings.Kind;
import io.github.resilientws.TlsSettings;
import io.github.resilientws.WebSocketListenerErrorHandler;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.protocol.TemplateValues;
import io.github.resilientws.reconnect.DefaultReconnectPolicy;
import io.github.resilientws.reconnect.ReconnectPolicy;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.store.OutboxStoreFactory;
import io.github.resilientws.store.StoreUnavailableException;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WebSocketTransportDecorator;

/**
 * Puts the parts of one client together.
 */
final class ClientAssembly {

	private static final int MIN_INGRESS = 64;

	private final ClientSettings settings;

	private final Protocol protocol;

	private final LanePool lanes;

	private final @Nullable Supplier<TlsSettings> tls;

	private final Map<Class<?>, Object> components;

	ClientAssembly(ClientSettings settings, Protocol protocol, LanePool lanes, @Nullable Supplier<TlsSettings> tls,
			Map<Class<?>, Object> components) {
		this.settings = settings;
		this.protocol = protocol;
		this.lanes = lanes;
		this.tls = tls;
		this.components = components;
	}

	ResilientWebSocketClient assemble(WebSocketTransport plain, List<HandshakeCustomizer> customizers,
			List<ClientObserver> observers, List<WebSocketMessageListener> listeners,
			@Nullable MessageConverter converter, @Nullable WebSocketListenerErrorHandler errorHandler) {
		String name = this.settings.name();
		WebSocketTransport transport = part(WebSocketTransportDecorator.class, (client, given) -> given).decorate(name,
				plain);
		SerialExecutor executor = transport.newExecutor();
		LongSupplier nanoTime = executor::nanoTime;
		InstantSource clock = part(InstantSource.class, InstantSource.system());
		// the JDK's default one depends on the context class loader of whoever asks first
		RandomGenerator random = part(RandomGenerator.class, new SplittableRandom());
		List<ClientObserver> everyone = new ArrayList<>(observers);
		everyone.add(0, new LoggingObserver(this.settings, nanoTime));
		Lane eventLane = Lane.urgent(name, this.lanes);
		Lane deliveryLane = Lane.urgent(name, this.lanes);
		Lane listenerLane = Lane.of(name, this.lanes);
		BooleanSupplier onOwnLane = () -> eventLane.isCurrent() || deliveryLane.isCurrent() || listenerLane.isCurrent();
		AtomicReference<Client> client = new AtomicReference<>();
		AtomicReference<Journal.Target> kept = new AtomicReference<>();
		DeliverySettings delivery = this.settings.delivery();
		Journal journal = journal(name, (reserved, records) -> kept.get().accept(reserved, records));
		MessageIds ids = ids(clock, random, journal);
		Completions completions = new Completions(name, eventLane, deliveryLane, everyone, ids, nanoTime);
		ClientObservations observations = observations(eventLane, nanoTime);
		Quota quota = new Quota(this.settings.queue());
		Statistics statistics = new Statistics(nanoTime, quota);
		MpscGrowableAtomicArrayQueue<OutboxEntry> ingress = new MpscGrowableAtomicArrayQueue<>(MIN_INGRESS,
				Math.max(2 * MIN_INGRESS, this.settings.queue().capacity()));
		ConcurrentMap<String, OutboxEntry> byGivenId = new ConcurrentHashMap<>();
		ConcurrentMap<String, OutboxEntry> replaceable = new ConcurrentHashMap<>();
		DeadLetterBox deadLetters = new DeadLetterBox(name, clock, completions, statistics, journal,
				this.settings.queue().maxBytes());
		Endings endings = new Endings(byGivenId, quota, completions, statistics, deadLetters, journal);
		Outbox outbox = new Outbox(executor, ingress, replaceable, this.settings.queue().overflow(),
				delivery.isAtLeastOnce() ? delivery.window() : Integer.MAX_VALUE, quota, endings, statistics);
		Guarantee guarantee = delivery.isAtLeastOnce() ? new AtLeastOnce(executor, byGivenId, outbox, endings,
				deadLetters, delivery.maxAttempts(), () -> client.get().settled()) : new AtMostOnce(outbox, endings);
		InboundLane inbound = new InboundLane(name, this.settings.inbound(), listenerLane, observers,
				(errorHandler != null) ? errorHandler : new LoggingErrorHandler(nanoTime), statistics, executor,
				observations, () -> executor.execute(() -> client.get().roomForInput()));
		listeners.forEach(inbound::addListener);
		statistics.inboundQueue(inbound::size);
		statistics.deadLetters(deadLetters::size);
		Parts parts = new Parts(this.settings, new AtomicReference<>(this.protocol), transport, executor, this.tls,
				reconnectPolicy(clock, random), List.copyOf(customizers), this.lanes, new CustomizerThreads(this.lanes),
				outbox, guarantee, journal, quota, inbound, completions, statistics, new StateHolder(clock),
				new PlaintextWarning(), clock, observations);
		client.set(new Client(parts));
		Safekeeping safekeeping = (journal != null) ? new Safekeeping(name, journal, clock, executor, ids, byGivenId,
				quota, deadLetters, outbox, completions, () -> client.get().settled()) : null;
		// a store that is read again must find what is still here by each id
		MessageIds frameIds = (journal != null) ? ids::next : ids;
		Admission admission = new Admission(this.settings.queue(), parts.state(), executor, onOwnLane,
				new PayloadConverter(converter), framing(clock, frameIds), ingress, quota, byGivenId, replaceable,
				completions, statistics, safekeeping);
		if (journal != null && safekeeping != null) {
			kept.set(safekeeping);
			statistics.storeProblem(journal::problem);
			open(journal);
		}
		return new DefaultClient(parts, client.get(), admission, deadLetters, new Abandonment(ingress, endings),
				tracking(observations));
	}

	private @Nullable Journal journal(String name, Journal.Target target) {
		OutboxStoreFactory factory = this.settings.delivery().isAtLeastOnce() ? storeFactory() : null;
		return (factory != null) ? new Journal(name, factory, target) : null;
	}

	private @Nullable OutboxStoreFactory storeFactory() {
		StoreSettings store = this.settings.queue().store();
		OutboxStoreFactory given = (OutboxStoreFactory) this.components.get(OutboxStoreFactory.class);
		return (given == null && store.kind() == Kind.FILE) ? Stores.file(this.settings.name(), store) : given;
	}

	private void open(Journal journal) {
		try {
			journal.load();
		}
		catch (IOException ex) {
			journal.release().run();
			throw new StoreUnavailableException(this.settings.name(), ex);
		}
	}

	private MessageIds ids(InstantSource clock, RandomGenerator random, @Nullable Journal journal) {
		if (this.settings.delivery().idType() == IdType.UUID) {
			return new TimeOrderedIds(clock, random);
		}
		return new SequenceIds(clock, (journal != null) ? journal::reserve : (end) -> {
		});
	}

	// compiled in any case, so that what is wrong is told
	private Framing framing(InstantSource clock, MessageIds ids) {
		DeliverySettings delivery = this.settings.delivery();
		Framing framing = !delivery.id().isEmpty() ? new OwnId(delivery.id())
				: new Envelope(Template.parse("delivery.envelope", delivery.envelope()),
						new TemplateValues(List.of(this.settings.values()), () -> UUID.randomUUID().toString(), clock),
						this.settings.values().keySet(), ids);
		return delivery.isAtLeastOnce() ? framing : Framing.VERBATIM;
	}

	private ReconnectPolicy reconnectPolicy(InstantSource clock, RandomGenerator random) {
		if (this.components.get(ReconnectPolicy.class) instanceof ReconnectPolicy given) {
			return given;
		}
		return new DefaultReconnectPolicy(this.settings.reconnect(), clock, random,
				(RetryPolicy) this.components.get(RetryPolicy.class),
				(SleepingBackOffPolicy<?>) this.components.get(SleepingBackOffPolicy.class));
	}

	private @Nullable ClientObservations observations(Executor events, LongSupplier nanoTime) {
		ObservationRegistry registry = (ObservationRegistry) this.components.get(ObservationRegistry.class);
		return (registry != null && registry != ObservationRegistry.NOOP)
				? new ClientObservations(this.settings.name(), registry, this.components, events, nanoTime) : null;
	}

	private @Nullable SendTracking tracking(@Nullable ClientObservations observations) {
		TaskDecorator decorator = (TaskDecorator) this.components.get(TaskDecorator.class);
		return (observations != null || decorator != null) ? new SendTracking(observations, decorator) : null;
	}

	private <T> T part(Class<T> type, T defaultValue) {
		return type.cast(this.components.getOrDefault(type, defaultValue));
	}

}
