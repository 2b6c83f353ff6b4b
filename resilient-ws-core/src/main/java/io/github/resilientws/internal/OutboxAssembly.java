package io.github.resilientws.internal;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.converter.MessageConverter;

import io.github.resilientws.ClientDeadLetters;
import io.github.resilientws.internal.admission.Admission;
import io.github.resilientws.internal.admission.DeliveryCompleter;
import io.github.resilientws.internal.admission.DroppableMessages;
import io.github.resilientws.internal.admission.IngressQueue;
import io.github.resilientws.internal.admission.MessageIdIndex;
import io.github.resilientws.internal.admission.MessageOutcomes;
import io.github.resilientws.internal.admission.MessagePersistence;
import io.github.resilientws.internal.admission.OutboxCapacity;
import io.github.resilientws.internal.admission.OutboxEntrance;
import io.github.resilientws.internal.admission.OutboxRoom;
import io.github.resilientws.internal.delivery.AcknowledgementHandler;
import io.github.resilientws.internal.delivery.AtLeastOnce;
import io.github.resilientws.internal.delivery.DeadLetterPersistence;
import io.github.resilientws.internal.delivery.DeadLetterQueue;
import io.github.resilientws.internal.delivery.DefaultClientDeadLetters;
import io.github.resilientws.internal.delivery.GivenUpMessages;
import io.github.resilientws.internal.encoding.EnvelopeEncoder;
import io.github.resilientws.internal.encoding.MessageEncoder;
import io.github.resilientws.internal.encoding.MessageIdGenerator;
import io.github.resilientws.internal.encoding.OutboundMessageEncoder;
import io.github.resilientws.internal.encoding.PayloadConverter;
import io.github.resilientws.internal.encoding.PayloadIdEncoder;
import io.github.resilientws.internal.encoding.SequenceIdGenerator;
import io.github.resilientws.internal.encoding.TimeOrderedIdGenerator;
import io.github.resilientws.internal.execution.SequentialExecutor;
import io.github.resilientws.internal.monitoring.SendTracking;
import io.github.resilientws.internal.outbox.AtMostOnce;
import io.github.resilientws.internal.outbox.AwaitedReplies;
import io.github.resilientws.internal.outbox.DeliveryMode;
import io.github.resilientws.internal.outbox.Outbox;
import io.github.resilientws.internal.outbox.OutboxFlow;
import io.github.resilientws.internal.owner.SharedDeadLetters;
import io.github.resilientws.internal.owner.SharedOutboxAssembly;
import io.github.resilientws.internal.persistence.ClientStore;
import io.github.resilientws.internal.persistence.OutboxPersistence;
import io.github.resilientws.internal.persistence.OutboxRecovery;
import io.github.resilientws.internal.persistence.OutboxStoreHandle;
import io.github.resilientws.internal.persistence.RecordConverter;
import io.github.resilientws.internal.persistence.StoreClock;
import io.github.resilientws.internal.persistence.StoreLifecycle;
import io.github.resilientws.internal.request.DeferredEncoder;
import io.github.resilientws.internal.request.RequestDelivery;
import io.github.resilientws.internal.request.RequestSender;
import io.github.resilientws.internal.request.UnansweredRequests;
import io.github.resilientws.internal.shared.SharedStoreHandle;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.protocol.TemplateValues;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.DeliverySettings.IdType;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.settings.StoreSettings.Kind;
import io.github.resilientws.store.OutboxStoreFactory;
import io.github.resilientws.store.SharedOutboxStoreFactory;
import io.github.resilientws.store.StoreUnavailableException;
import io.github.resilientws.store.file.FileOutboxStoreFactory;
import io.github.resilientws.transport.SerialExecutor;

/**
 * Assembles the outbound side of one client: admission, outbox, delivery, store.
 */
final class OutboxAssembly {

	// of most clients
	private static final MessageIdGenerator STANDARD_IDS = new TimeOrderedIdGenerator(InstantSource.system(),
			ClientEnvironment.RANDOM);

	private final ClientEnvironment environment;

	private final ApplicationComponents components;

	private final StoreClock storeClock;

	private final @Nullable OutboxStoreHandle storeHandle;

	private final @Nullable SharedOutboxAssembly shared;

	private final MessageIdGenerator ids;

	private final OutboxCapacity capacity;

	private final MessageOutcomes outcomes;

	private final OutboxEntrance entrance;

	private final Outbox outbox;

	private final OutboxFlow flow;

	private final @Nullable DeadLetterQueue deadLetters;

	private final GivenUpMessages givenUp;

	private final DeliveryMode deliveryMode;

	private final AcknowledgementHandler acknowledgements;

	private final Admission admission;

	private final @Nullable UnansweredRequests unanswered;

	private final PayloadConverter converter;

	private final StoreLifecycle storeLifecycle;

	/**
	 * Assemble.
	 * @param environment the basic objects of the client
	 * @param components objects that the application gives to the client
	 * @param onListenerThread whether the caller is a listener of the client
	 */
	OutboxAssembly(ClientEnvironment environment, ApplicationComponents components, BooleanSupplier onListenerThread) {
		this.environment = environment;
		this.components = components;
		QueueSettings queue = environment.settings().queue();
		this.storeClock = new StoreClock(environment.clock(), environment.nanoTime());
		OutboxStoreFactory factory = storeFactory();
		this.storeHandle = (factory != null) ? new OutboxStoreHandle(environment.name(), factory) : null;
		OutboxPersistence persistence = (this.storeHandle != null)
				? new OutboxPersistence(this.storeHandle, this.storeClock) : null;
		this.shared = sharedOutbox();
		MessagePersistence messagePersistence = (this.shared != null) ? this.shared.persistence()
				: (persistence != null) ? persistence : MessagePersistence.NONE;
		this.ids = ids();
		this.capacity = new OutboxCapacity(queue);
		DeliveryCompleter completer = new DeliveryCompleter(environment.deliveries(), environment.notifier(),
				(this.shared != null) ? timeOrderedIds() : this.ids, this.capacity, environment.nanoTime());
		MessageIdIndex idIndex = new MessageIdIndex();
		this.outcomes = new MessageOutcomes(messagePersistence, idIndex, this.capacity, completer,
				environment.statistics());
		DroppableMessages droppable = new DroppableMessages(queue.overflow() == Overflow.DROP_OLDEST, this.capacity,
				this.outcomes);
		IngressQueue ingress = new IngressQueue(environment.executor(), queue.capacity(), droppable, this.outcomes);
		BooleanSupplier onClientThread = onClientThread(environment.executor(), environment.events(),
				environment.deliveries(), onListenerThread);
		OutboxRoom room = new OutboxRoom(queue, this.capacity, droppable, environment.states(), onClientThread);
		this.entrance = new OutboxEntrance(queue, environment.executor(), idIndex, room, messagePersistence, ingress);
		this.outbox = new Outbox(environment.executor(), ingress, droppable, idIndex, this.outcomes,
				environment.statistics());
		DeliverySettings delivery = environment.settings().delivery();
		this.deadLetters = delivery.isAtLeastOnce() ? new DeadLetterQueue(environment.name(), environment.clock(),
				environment.notifier(), environment.statistics(),
				(persistence != null) ? persistence : DeadLetterPersistence.NONE, queue.maxBytes()) : null;
		this.givenUp = (this.shared != null) ? this.shared.givenUp()
				: Objects.requireNonNullElse(this.deadLetters, GivenUpMessages.NONE);
		DeliveryMode atMostOnce = new AtMostOnce(this.outbox, this.outcomes);
		if (delivery.isAtLeastOnce()) {
			AtLeastOnce atLeastOnce = new AtLeastOnce(environment.executor(), delivery, this.outbox, this.outcomes,
					this.givenUp, ingress::wakeUp);
			this.deliveryMode = environment.settings().request().send().isEmpty() ? atLeastOnce
					: new RequestDelivery(atLeastOnce, atMostOnce);
			this.acknowledgements = atLeastOnce;
		}
		else {
			this.deliveryMode = atMostOnce;
			this.acknowledgements = AcknowledgementHandler.NONE;
		}
		this.unanswered = environment.settings().request().send().isEmpty() ? null
				: new UnansweredRequests(environment.executor(), environment.deliveries(), environment.notifier());
		this.flow = new OutboxFlow(environment.executor(), this.outbox, this.deliveryMode,
				Objects.requireNonNullElse(this.unanswered, AwaitedReplies.NONE));
		if (this.unanswered != null) {
			this.unanswered.setOnEmpty(this.flow::onAllReplied);
		}
		ingress.setConsumer(this.flow::run);
		this.converter = new PayloadConverter(components.component(MessageConverter.class));
		this.admission = new Admission(environment.states(), new OutboundMessageEncoder(this.converter, encoder()),
				this.entrance, this.outcomes,
				(this.shared != null) ? this.shared.sender(this.outcomes, onClientThread) : null);
		this.storeLifecycle = storeLifecycle(ingress);
	}

	private static BooleanSupplier onClientThread(SerialExecutor executor, SequentialExecutor events,
			SequentialExecutor deliveries, BooleanSupplier onListenerThread) {
		return () -> executor.inExecutor() || events.isCurrent() || deliveries.isCurrent()
				|| onListenerThread.getAsBoolean();
	}

	/**
	 * Read the store, if the client has one.
	 * @throws StoreUnavailableException if it cannot be opened or read
	 */
	void openStore() {
		if (this.storeHandle == null) {
			return;
		}
		this.storeHandle.setTarget(new OutboxRecovery(this.environment.name(), this.storeClock, this.ids,
				Objects.requireNonNull(this.deadLetters), this.entrance, this.environment.notifier()));
		try {
			this.storeHandle.load();
		}
		catch (IOException ex) {
			this.storeHandle.release().run();
			throw new StoreUnavailableException(this.environment.name(), ex);
		}
	}

	LiveStatistics.OutboxReader statistics() {
		return new LiveStatistics.OutboxReader(this.capacity, this.outcomes, this.givenUp, this.unanswered,
				this.storeHandle, this.shared);
	}

	Outbox outbox() {
		return this.outbox;
	}

	OutboxFlow flow() {
		return this.flow;
	}

	DeliveryMode deliveryMode() {
		return this.deliveryMode;
	}

	AcknowledgementHandler acknowledgements() {
		return this.acknowledgements;
	}

	ClientDeadLetters deadLetters() {
		return (this.shared != null) ? this.shared.clientDeadLetters(this.outcomes)
				: new DefaultClientDeadLetters(this.environment.name(), this.deadLetters, this.admission);
	}

	Admission admission() {
		return this.admission;
	}

	PayloadConverter converter() {
		return this.converter;
	}

	/**
	 * Create the sender of requests.
	 * @param tracking observes requests, or {@code null}
	 * @return the sender, or {@code null} without {@code request.send}
	 */
	@Nullable RequestSender requestSender(@Nullable SendTracking tracking) {
		return (this.unanswered == null) ? null : new RequestSender(this.environment.settings().request(),
				this.admission, this.converter, this.unanswered, this.flow, tracking);
	}

	StoreLifecycle storeLifecycle() {
		return this.storeLifecycle;
	}

	private StoreLifecycle storeLifecycle(IngressQueue ingress) {
		if (this.shared != null) {
			return this.shared.lifecycle(this.entrance, this.flow, ingress::wakeUp, this.environment.threads());
		}
		return (this.storeHandle != null) ? new ClientStore(this.storeHandle, this.environment.threads())
				: StoreLifecycle.NONE;
	}

	private @Nullable SharedOutboxAssembly sharedOutbox() {
		StoreSettings settings = this.environment.settings().queue().store();
		if (settings.kind() != Kind.JDBC) {
			return null;
		}
		SharedOutboxStoreFactory factory = this.components.component(SharedOutboxStoreFactory.class);
		if (factory == null) {
			throw new InvalidSettingException("queue.store", "jdbc",
					"needs a store; allowed is jdbc with a SharedOutboxStoreFactory as component of the builder,"
							+ " or memory, or file");
		}
		SharedStoreHandle store = new SharedStoreHandle(this.environment.name(), factory, settings,
				new RecordConverter(this.storeClock));
		return new SharedOutboxAssembly(this.environment.settings(), store, this.environment.executor(),
				this.environment.deliveries(), this.environment.states(), new SharedDeadLetters(this.environment.name(),
						store, this.environment.notifier(), this.environment.statistics(), this.environment.clock()));
	}

	private @Nullable OutboxStoreFactory storeFactory() {
		if (!this.environment.settings().delivery().isAtLeastOnce()
				|| this.environment.settings().queue().store().kind() == Kind.JDBC) {
			return null;
		}
		OutboxStoreFactory given = this.components.component(OutboxStoreFactory.class);
		StoreSettings settings = this.environment.settings().queue().store();
		return (given == null && settings.kind() == Kind.FILE) ? new FileOutboxStoreFactory(
				Objects.requireNonNull(settings.directory()), settings.sync(), settings.syncInterval()) : given;
	}

	private MessageIdGenerator ids() {
		return (this.environment.settings().delivery().idType() == IdType.UUID) ? timeOrderedIds()
				: new SequenceIdGenerator(this.environment.clock(), reservations(),
						(this.shared != null) ? SequenceIdGenerator.SHARED_BLOCK : SequenceIdGenerator.BLOCK);
	}

	private SequenceIdGenerator.Reservations reservations() {
		if (this.shared != null) {
			return this.shared.store()::reserveIds;
		}
		return (this.storeHandle != null) ? this.storeHandle::reserveIds : SequenceIdGenerator.Reservations.NONE;
	}

	private MessageIdGenerator timeOrderedIds() {
		return this.components.haveNone(InstantSource.class, RandomGenerator.class) ? STANDARD_IDS
				: new TimeOrderedIdGenerator(this.environment.clock(), this.environment.random());
	}

	private MessageEncoder encoder() {
		DeliverySettings delivery = this.environment.settings().delivery();
		// always compiled, so that invalid settings are rejected
		Template envelope = Template.parse("delivery.envelope", delivery.envelope());
		MessageEncoder byPayload = !delivery.id().isEmpty() ? new PayloadIdEncoder(delivery.id()) : null;
		if (!delivery.isAtLeastOnce()) {
			return delivery.hasOwnEnvelope() ? new DeferredEncoder("delivery.envelope", envelope)
					: MessageEncoder.VERBATIM;
		}
		return (byPayload != null) ? byPayload
				: new EnvelopeEncoder(envelope,
						new TemplateValues(List.of(this.environment.settings().values()::get),
								() -> UUID.randomUUID().toString(), this.environment.clock()),
						// a store that is read again looks up unfinished messages by id
						this.environment.settings().values().keySet(),
						(this.storeHandle != null || this.shared != null) ? this.ids::next : this.ids);
	}

}
