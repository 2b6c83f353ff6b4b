package io.github.resilientws.internal.connection;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.internal.admission.OutboxCapacity;
import io.github.resilientws.internal.delivery.AcknowledgementHandler;
import io.github.resilientws.internal.execution.CallbackThreads;
import io.github.resilientws.internal.execution.CustomizerThreads;
import io.github.resilientws.internal.execution.OperationCompleter;
import io.github.resilientws.internal.inbound.InboundDispatcher;
import io.github.resilientws.internal.monitoring.ClientObservations;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.internal.monitoring.PlaintextCredentialsWarning;
import io.github.resilientws.internal.monitoring.Statistics;
import io.github.resilientws.internal.outbox.DeliveryMode;
import io.github.resilientws.internal.outbox.Outbox;
import io.github.resilientws.internal.persistence.StoreLifecycle;
import io.github.resilientws.internal.session.ProtocolRules;
import io.github.resilientws.internal.state.StateHolder;
import io.github.resilientws.reconnect.ReconnectPolicy;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.TlsSettings;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketTransport;

/**
 * What the parts of one client share.
 *
 * @param settings the settings
 * @param protocol compiled rules; replaced as a whole on the executor
 * @param transport the transport
 * @param executor the client's serial executor
 * @param tls what TLS uses, asked before every attempt
 * @param policy decides about reconnecting
 * @param customizers asked before every attempt
 * @param lanes threads that may block
 * @param customizerThreads where customizers are asked
 * @param outbox the ordered log
 * @param guarantee decides what follows from writes
 * @param acknowledgements receives acknowledgements
 * @param store keeps the outbox, if it is durable
 * @param quota its bounds
 * @param inbound the way to the listeners
 * @param operations completes futures of operations
 * @param notifier notifies observers
 * @param deliveries completes futures that no event belongs to
 * @param statistics counters
 * @param state the present state
 * @param plaintext warns of credentials over {@code ws}
 * @param clock wall clock
 * @param observations observations, if wanted
 */
public record ConnectionContext(ClientSettings settings, AtomicReference<ProtocolRules> protocol,
		WebSocketTransport transport, SerialExecutor executor, @Nullable Supplier<TlsSettings> tls,
		ReconnectPolicy policy, List<HandshakeCustomizer> customizers, CallbackThreads lanes,
		CustomizerThreads customizerThreads, Outbox outbox, DeliveryMode guarantee,
		AcknowledgementHandler acknowledgements, StoreLifecycle store, OutboxCapacity quota, InboundDispatcher inbound,
		OperationCompleter operations, ObserverNotifier notifier, Executor deliveries, Statistics statistics,
		StateHolder state, PlaintextCredentialsWarning plaintext, InstantSource clock,
		@Nullable ClientObservations observations) {

}
