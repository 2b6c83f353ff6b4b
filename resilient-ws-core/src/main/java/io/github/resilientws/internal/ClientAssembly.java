package io.github.resilientws.internal;

import java.time.InstantSource;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;

import org.jspecify.annotations.Nullable;
import org.springframework.core.task.TaskDecorator;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.retry.RetryPolicy;
import org.springframework.retry.backoff.SleepingBackOffPolicy;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketListenerErrorHandler;
import io.github.resilientws.cluster.LineElection;
import io.github.resilientws.internal.answer.Questions;
import io.github.resilientws.internal.connection.ConnectionContext;
import io.github.resilientws.internal.connection.MessagePaths;
import io.github.resilientws.internal.election.Line;
import io.github.resilientws.internal.election.OwnedConnection;
import io.github.resilientws.internal.encoding.PayloadConverter;
import io.github.resilientws.internal.execution.CallbackThreads;
import io.github.resilientws.internal.execution.CustomizerThreads;
import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.internal.execution.OperationCompleter;
import io.github.resilientws.internal.framing.EncodedConnection;
import io.github.resilientws.internal.framing.Framing;
import io.github.resilientws.internal.handshake.AttemptResources;
import io.github.resilientws.internal.handshake.HandshakeCustomizers;
import io.github.resilientws.internal.inbound.BufferedDispatcher;
import io.github.resilientws.internal.inbound.DirectDispatcher;
import io.github.resilientws.internal.inbound.InboundDispatcher;
import io.github.resilientws.internal.inbound.ListenerFailures;
import io.github.resilientws.internal.inbound.ListenerInvoker;
import io.github.resilientws.internal.lifecycle.ClientLifecycle;
import io.github.resilientws.internal.lifecycle.ClientOperations;
import io.github.resilientws.internal.lifecycle.PendingOperations;
import io.github.resilientws.internal.lifecycle.ReconnectSchedule;
import io.github.resilientws.internal.monitoring.LoggingErrorHandler;
import io.github.resilientws.internal.monitoring.PlaintextCredentialsWarning;
import io.github.resilientws.internal.monitoring.SendTracking;
import io.github.resilientws.internal.persistence.StoreLifecycle;
import io.github.resilientws.internal.session.ProtocolRulesHolder;
import io.github.resilientws.internal.session.SessionContext;
import io.github.resilientws.internal.session.SessionState;
import io.github.resilientws.internal.subscription.Subscriber;
import io.github.resilientws.internal.subscription.SubscriptionContext;
import io.github.resilientws.internal.subscription.SubscriptionRegistry;
import io.github.resilientws.protocol.WebSocketFrameCodecFactory;
import io.github.resilientws.reconnect.DefaultReconnectPolicy;
import io.github.resilientws.reconnect.ReconnectPolicy;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.ClusterSettings.Mode;
import io.github.resilientws.settings.InboundSettings.Dispatch;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.ReconnectSettings;
import io.github.resilientws.settings.ReconnectSettings.Jitter;
import io.github.resilientws.settings.StoreSettings.Kind;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WebSocketTransportDecorator;

/**
 * Assembles one client, starting with the objects that the others depend on.
 */
final class ClientAssembly {

	// of most clients
	private static final ReconnectPolicy STANDARD_POLICY = new DefaultReconnectPolicy(ReconnectSettings.DEFAULTS,
			InstantSource.system(), ClientEnvironment.RANDOM, null, null);

	private final ClientSettings settings;

	private final ApplicationComponents components;

	private final ProtocolRulesHolder rules;

	private final WebSocketTransport transport;

	private final @Nullable Framing framing;

	private final ClientEnvironment environment;

	/**
	 * Create the objects that the others depend on.
	 * @param settings the settings, checked
	 * @param components objects that the application gives to the client
	 * @param threads threads of callbacks
	 * @param rules the compiled rules
	 * @param transport the transport, not decorated
	 */
	ClientAssembly(ClientSettings settings, ApplicationComponents components, CallbackThreads threads,
			ProtocolRulesHolder rules, WebSocketTransport transport) {
		this.settings = settings;
		this.components = components;
		this.rules = rules;
		this.framing = Framing.of(settings, components.component(WebSocketFrameCodecFactory.class));
		this.transport = components.component(WebSocketTransportDecorator.class, (client, given) -> given)
			.decorate(settings.name(), transport);
		this.environment = new ClientEnvironment(settings, components, threads, this.transport.newExecutor());
	}

	ResilientWebSocketClient assemble() {
		InboundDispatcher inbound = inbound();
		OutboxAssembly outbox = new OutboxAssembly(this.environment, this.components, inbound::isCurrent);
		SubscriptionRegistry subscriptions = subscriptions(outbox);
		ClientOperations operations = operations(inbound, outbox, subscriptions);
		outbox.openStore();
		LiveStatistics statistics = new LiveStatistics(this.environment.statistics(), outbox.statistics(), inbound,
				subscriptions);
		SendTracking tracking = sendTracking();
		ClientMessages messages = new ClientMessages(new MessageSender(outbox.admission(), tracking),
				outbox.requestSender(tracking),
				(subscriptions != null) ? new Subscriber(subscriptions, this.rules.messageRules()) : null, inbound,
				outbox.deadLetters());
		return new DefaultClient(this.settings, this.environment.states(), statistics, messages, operations,
				this.rules);
	}

	private InboundDispatcher inbound() {
		WebSocketListenerErrorHandler errorHandler = this.components.component(WebSocketListenerErrorHandler.class);
		ListenerFailures failures = new ListenerFailures(this.settings.name(),
				(errorHandler != null) ? errorHandler : new LoggingErrorHandler(this.environment.nanoTime()),
				this.environment.deliveries());
		ListenerInvoker invoker = new ListenerInvoker(this.settings.name(), this.components.observers(), failures,
				this.environment.observations(), this.environment.nanoTime(), this.rules.messageRules());
		this.components.listeners().forEach(invoker::addListener);
		Questions questions = (this.rules.current().questions() != null) ? new Questions(this.environment.failures(),
				this.environment.notifier(), new PayloadConverter(this.components.component(MessageConverter.class)))
				: null;
		if (this.settings.inbound().dispatch() == Dispatch.DIRECT) {
			return new DirectDispatcher(this.settings.name(), invoker, this.environment.statistics(),
					this.environment.executor(), questions);
		}
		return new BufferedDispatcher(this.settings.inbound(), invoker, this.environment.statistics(),
				this.environment.threads(), questions, this.environment.failures());
	}

	private @Nullable SubscriptionRegistry subscriptions(OutboxAssembly outbox) {
		if (this.settings.subscription().send().isEmpty()) {
			return null;
		}
		return new SubscriptionRegistry(
				new SubscriptionContext(this.settings, this.environment.executor(), this.environment.deliveries(),
						this.environment.notifier(), outbox.converter(), this.environment.random()));
	}

	private ClientOperations operations(InboundDispatcher inbound, OutboxAssembly outbox,
			@Nullable SubscriptionRegistry subscriptions) {
		StoreLifecycle store = outbox.storeLifecycle();
		Line line = new Line(this.settings.name(), election(), this.environment.failures().guardedExecutor(),
				this.environment.notifier());
		ConnectionContext context = new ConnectionContext(this.settings, this.environment.failures(),
				this.environment.deliveries(), this.environment.notifier(),
				new SessionContext(this.rules::current, this.rules.messageRules(), new SessionState(), spread(), line),
				new MessagePaths(outbox.flow(), outbox.deliveryMode(), outbox.acknowledgements(), inbound,
						subscriptions, this.environment.statistics()));
		HandshakeCustomizers customizers = new HandshakeCustomizers(this.components.customizers(),
				new CustomizerThreads(this.environment.threads(), this.environment.failures()), store);
		AttemptResources attempts = new AttemptResources(customizers, this.components.tls(), connector(line),
				new PlaintextCredentialsWarning(), this.environment.observations(), this.environment.clock());
		ReconnectSchedule schedule = new ReconnectSchedule(this.settings, reconnectPolicy(),
				this.environment.executor(), !customizers.isEmpty());
		PendingOperations pending = new PendingOperations(
				new OperationCompleter(this.environment.deliveries(), this.environment.events()));
		ClientLifecycle lifecycle = new ClientLifecycle(context, attempts, this.environment.states(), schedule, store,
				pending);
		this.environment.failures().setEndConnection(lifecycle::onInternalFailure);
		inbound.setRoomListener(lifecycle.current()::resumeReading);
		return new ClientOperations(this.settings.name(), this.environment.states(), lifecycle, pending, store);
	}

	private LongUnaryOperator spread() {
		Jitter jitter = this.settings.reconnect().jitter();
		RandomGenerator random = this.environment.random();
		return (nanos) -> jitter.apply(nanos, random);
	}

	// does not keep this assembly
	private AttemptResources.Connector connector(Line line) {
		WebSocketTransport transport = this.transport;
		InternalFailures failures = this.environment.failures();
		Framing framing = this.framing;
		if (framing == null) {
			return (request, listener) -> EncodedConnection
				.plain(connect(transport, failures, line, request, listener));
		}
		return (request, listener) -> framing.connect(
				(decoding) -> failures.guard(connect(transport, failures, line, request, decoding)), listener,
				failures);
	}

	private static WebSocketConnection connect(WebSocketTransport transport, InternalFailures failures, Line line,
			ConnectRequest request, ConnectionListener listener) {
		WebSocketConnection connection = transport.connect(request, failures.transportExecutor(), listener);
		return line.isElected() ? new OwnedConnection(connection, line) : connection;
	}

	private @Nullable LineElection election() {
		if (this.settings.cluster().mode() == Mode.EACH && this.settings.queue().store().kind() != Kind.JDBC) {
			return null;
		}
		LineElection election = this.components.component(LineElection.class);
		if (election == null) {
			throw new InvalidSettingException("cluster.mode", "one",
					"needs an election; allowed is one with a LineElection as component of the builder, or each");
		}
		return election;
	}

	private ReconnectPolicy reconnectPolicy() {
		ReconnectPolicy policy = this.components.component(ReconnectPolicy.class);
		if (policy != null) {
			return policy;
		}
		boolean standard = this.settings.reconnect().equals(ReconnectSettings.DEFAULTS) && this.components
			.haveNone(InstantSource.class, RandomGenerator.class, RetryPolicy.class, SleepingBackOffPolicy.class);
		return standard ? STANDARD_POLICY
				: new DefaultReconnectPolicy(this.settings.reconnect(), this.environment.clock(),
						this.environment.random(), this.components.component(RetryPolicy.class),
						(SleepingBackOffPolicy<?>) this.components.component(SleepingBackOffPolicy.class));
	}

	private @Nullable SendTracking sendTracking() {
		TaskDecorator decorator = this.components.component(TaskDecorator.class);
		return (this.environment.observations() != null || decorator != null)
				? new SendTracking(this.environment.observations(), decorator) : null;
	}

}
