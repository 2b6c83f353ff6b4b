package io.github.resilientws.internal;

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
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketListenerErrorHandler;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.internal.connection.ClientLifecycle;
import io.github.resilientws.internal.connection.ConnectionContext;
import io.github.resilientws.internal.delivery.AtLeastOnce;
import io.github.resilientws.internal.delivery.DeadLetterQueue;
import io.github.resilientws.internal.encoding.EnvelopeEncoder;
import io.github.resilientws.internal.encoding.MessageEncoder;
import io.github.resilientws.internal.encoding.MessageIdGenerator;
import io.github.resilientws.internal.encoding.PayloadConverter;
import io.github.resilientws.internal.encoding.PayloadIdEncoder;
import io.github.resilientws.internal.encoding.SequenceIdGenerator;
import io.github.resilientws.internal.encoding.TimeOrderedIdGenerator;
import io.github.resilientws.internal.execution.CallbackThreads;
import io.github.resilientws.internal.execution.CustomizerThreads;
import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.internal.execution.OperationCompleter;
import io.github.resilientws.internal.execution.SequentialExecutor;
import io.github.resilientws.internal.inbound.InboundBuffer;
import io.github.resilientws.internal.inbound.InboundDispatcher;
import io.github.resilientws.internal.inbound.ListenerInvoker;
import io.github.resilientws.internal.monitoring.ClientObservations;
import io.github.resilientws.internal.monitoring.LoggingErrorHandler;
import io.github.resilientws.internal.monitoring.LoggingObserver;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.internal.monitoring.PlaintextCredentialsWarning;
import io.github.resilientws.internal.monitoring.SendTracking;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.internal.outbox.Abandonment;
import io.github.resilientws.internal.outbox.Admission;
import io.github.resilientws.internal.outbox.AtMostOnce;
import io.github.resilientws.internal.outbox.DeliveryCompleter;
import io.github.resilientws.internal.outbox.DeliveryMode;
import io.github.resilientws.internal.outbox.MessageOutcomes;
import io.github.resilientws.internal.outbox.Outbox;
import io.github.resilientws.internal.outbox.OutboxCapacity;
import io.github.resilientws.internal.outbox.OutboxEntry;
import io.github.resilientws.internal.persistence.FileStores;
import io.github.resilientws.internal.persistence.OutboxPersistence;
import io.github.resilientws.internal.persistence.OutboxStoreHandle;
import io.github.resilientws.internal.session.ProtocolRules;
import io.github.resilientws.internal.state.StateHolder;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.protocol.TemplateValues;
import io.github.resilientws.reconnect.DefaultReconnectPolicy;
import io.github.resilientws.reconnect.ReconnectPolicy;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.DeliverySettings.IdType;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.settings.StoreSettings.Kind;
import io.github.resilientws.settings.TlsSettings;
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

	private final ProtocolRules protocol;

	private final CallbackThreads lanes;

	private final @Nullable Supplier<TlsSettings> tls;

	private final Map<Class<?>, Object> components;

	ClientAssembly(ClientSettings settings, ProtocolRules protocol, CallbackThreads lanes,
			@Nullable Supplier<TlsSettings> tls, Map<Class<?>, Object> components) {
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
		AtomicReference<ClientLifecycle> client = new AtomicReference<>();
		InternalFailures failures = new InternalFailures(name, transport.newExecutor(), () -> client.get().failed());
		SerialExecutor executor = failures.guardedExecutor();
		LongSupplier nanoTime = executor::nanoTime;
		InstantSource clock = part(InstantSource.class, InstantSource.system());
		// the JDK's default one depends on the context class loader of whoever asks first
		RandomGenerator random = part(RandomGenerator.class, new SplittableRandom());
		List<ClientObserver> everyone = new ArrayList<>(observers);
		everyone.add(0, new LoggingObserver(this.settings, nanoTime));
		SequentialExecutor eventLane = SequentialExecutor.priority(this.lanes, failures);
		SequentialExecutor deliveryLane = SequentialExecutor.priority(this.lanes, failures);
		AtomicReference<OutboxStoreHandle.Target> kept = new AtomicReference<>();
		DeliverySettings delivery = this.settings.delivery();
		OutboxStoreHandle journal = journal(name, (reserved, records) -> kept.get().accept(reserved, records));
		MessageIdGenerator ids = ids(clock, random, journal);
		ObserverNotifier notifier = new ObserverNotifier(name, eventLane, everyone);
		OperationCompleter operations = new OperationCompleter(deliveryLane, eventLane);
		ClientObservations observations = observations(eventLane, nanoTime);
		OutboxCapacity quota = new OutboxCapacity(this.settings.queue());
		Statistics statistics = new Statistics(nanoTime);
		DeliveryCompleter completions = new DeliveryCompleter(name, deliveryLane, notifier, ids, quota, nanoTime);
		MpscGrowableAtomicArrayQueue<OutboxEntry> ingress = new MpscGrowableAtomicArrayQueue<>(MIN_INGRESS,
				Math.max(2 * MIN_INGRESS, this.settings.queue().capacity()));
		ConcurrentMap<String, OutboxEntry> byGivenId = new ConcurrentHashMap<>();
		ConcurrentMap<String, OutboxEntry> replaceable = new ConcurrentHashMap<>();
		DeadLetterQueue deadLetters = new DeadLetterQueue(name, clock, notifier, statistics, journal,
				this.settings.queue().maxBytes());
		MessageOutcomes endings = new MessageOutcomes(byGivenId, quota, completions, statistics, deadLetters, journal);
		Outbox outbox = new Outbox(executor, ingress, replaceable, this.settings.queue().overflow(),
				delivery.isAtLeastOnce() ? delivery.window() : Integer.MAX_VALUE, quota, endings, statistics);
		DeliveryMode guarantee = delivery.isAtLeastOnce() ? new AtLeastOnce(executor, byGivenId, outbox, endings,
				deadLetters, delivery.maxAttempts(), () -> client.get().settled()) : new AtMostOnce(outbox, endings);
		InboundBuffer buffer = new InboundBuffer(this.settings.inbound(),
				() -> failures.post(() -> client.get().roomForInput()));
		ListenerInvoker invoker = new ListenerInvoker(name, observers,
				(errorHandler != null) ? errorHandler : new LoggingErrorHandler(nanoTime), observations, nanoTime);
		listeners.forEach(invoker::addListener);
		InboundDispatcher inbound = new InboundDispatcher(buffer, invoker, statistics, this.lanes, executor, failures);
		BooleanSupplier onOwnLane = () -> eventLane.isCurrent() || deliveryLane.isCurrent() || inbound.isCurrent();
		ConnectionContext parts = new ConnectionContext(this.settings, new AtomicReference<>(this.protocol), transport,
				executor, this.tls, reconnectPolicy(clock, random), List.copyOf(customizers), this.lanes,
				new CustomizerThreads(this.lanes, failures), outbox, guarantee, journal, quota, inbound, operations,
				notifier, deliveryLane, statistics, new StateHolder(clock), new PlaintextCredentialsWarning(), clock,
				observations, failures);
		client.set(new ClientLifecycle(parts));
		OutboxPersistence safekeeping = (journal != null) ? new OutboxPersistence(name, journal, clock, executor, ids,
				byGivenId, quota, deadLetters, outbox, notifier, () -> client.get().settled()) : null;
		// a store that is read again must find what is still here by each id
		MessageIdGenerator frameIds = (journal != null) ? ids::next : ids;
		Admission admission = new Admission(this.settings.queue(), parts.state(), executor, onOwnLane,
				new PayloadConverter(converter), framing(clock, frameIds), ingress, quota, byGivenId, replaceable, ids,
				notifier, statistics, safekeeping);
		if (journal != null && safekeeping != null) {
			kept.set(safekeeping);
			open(journal);
		}
		return new DefaultClient(parts, client.get(), admission, deadLetters, new Abandonment(ingress, endings),
				tracking(observations));
	}

	private @Nullable OutboxStoreHandle journal(String name, OutboxStoreHandle.Target target) {
		OutboxStoreFactory factory = this.settings.delivery().isAtLeastOnce() ? storeFactory() : null;
		return (factory != null) ? new OutboxStoreHandle(name, factory, target) : null;
	}

	private @Nullable OutboxStoreFactory storeFactory() {
		StoreSettings store = this.settings.queue().store();
		OutboxStoreFactory given = (OutboxStoreFactory) this.components.get(OutboxStoreFactory.class);
		return (given == null && store.kind() == Kind.FILE) ? FileStores.file(this.settings.name(), store) : given;
	}

	private void open(OutboxStoreHandle journal) {
		try {
			journal.load();
		}
		catch (IOException ex) {
			journal.release().run();
			throw new StoreUnavailableException(this.settings.name(), ex);
		}
	}

	private MessageIdGenerator ids(InstantSource clock, RandomGenerator random, @Nullable OutboxStoreHandle journal) {
		if (this.settings.delivery().idType() == IdType.UUID) {
			return new TimeOrderedIdGenerator(clock, random);
		}
		return new SequenceIdGenerator(clock, (journal != null) ? journal::reserve : (end) -> {
		});
	}

	// compiled in any case, so that what is wrong is told
	private MessageEncoder framing(InstantSource clock, MessageIdGenerator ids) {
		DeliverySettings delivery = this.settings.delivery();
		MessageEncoder framing = !delivery.id().isEmpty() ? new PayloadIdEncoder(delivery.id())
				: new EnvelopeEncoder(Template.parse("delivery.envelope", delivery.envelope()),
						new TemplateValues(List.of(this.settings.values()), () -> UUID.randomUUID().toString(), clock),
						this.settings.values().keySet(), ids);
		return delivery.isAtLeastOnce() ? framing : MessageEncoder.VERBATIM;
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
