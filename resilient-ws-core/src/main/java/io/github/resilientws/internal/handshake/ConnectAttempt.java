package io.github.resilientws.internal.handshake;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.internal.connection.ConnectionContext;
import io.github.resilientws.internal.connection.ConnectionEvents;
import io.github.resilientws.internal.connection.ConnectionSignals;
import io.github.resilientws.internal.connection.OpenConnection;
import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.internal.execution.RestartableTimer;
import io.github.resilientws.internal.framing.EncodedConnection;
import io.github.resilientws.protocol.TemplateValues;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;

/**
 * One attempt to connect, from the call of the customizers to the end of the opening
 * handshake. Confined to the client's executor.
 */
public final class ConnectAttempt implements ConnectionListener {

	private final ConnectionContext context;

	private final AttemptResources resources;

	private final AttemptPreparation preparation;

	private final AttemptEvents events;

	private final ConnectionEvents connectionEvents;

	private final InternalFailures failures;

	private final ConnectionSignals signals;

	private final RestartableTimer timer;

	private final long startedNanos;

	// written by the executor, read by the customizers' thread, which skips an attempt
	// that has ended
	private volatile Phase phase = Phase.PREPARING;

	// in phase DIALING
	private @Nullable Dialing dialing;

	/**
	 * Create an attempt.
	 * @param context objects that the connections of the client share
	 * @param resources objects that its attempts share
	 * @param draft the URL, headers and values, for the customizers to change
	 * @param events receives the result
	 * @param connectionEvents receives the events of the connection
	 */
	public ConnectAttempt(ConnectionContext context, AttemptResources resources, HandshakeDraft draft,
			AttemptEvents events, ConnectionEvents connectionEvents) {
		this.context = context;
		this.resources = resources;
		this.preparation = new AttemptPreparation(context, resources, draft);
		this.events = events;
		this.connectionEvents = connectionEvents;
		this.failures = context.failures().forNextConnection();
		this.signals = new ConnectionSignals(this.failures, this);
		this.timer = new RestartableTimer(context.executor());
		this.startedNanos = context.executor().nanoTime();
	}

	public void start() {
		this.timer.set(this::onTimeout, this.context.settings().connectTimeout().toNanos());
		this.preparation.customize(() -> this.phase == Phase.PREPARING, this::onCustomized);
	}

	/**
	 * Give up the attempt: its result is ignored.
	 * @param cause the cause
	 */
	public void cancel(DisconnectCause cause) {
		Dialing current = this.dialing;
		end(Phase.ENDED, cause);
		if (current != null) {
			current.connection().socket().abort();
		}
	}

	public Duration elapsed() {
		return Duration.ofNanos(this.context.executor().nanoTime() - this.startedNanos);
	}

	@Override
	public void onOpen(Map<String, List<String>> responseHeaders) {
		Dialing current = this.dialing;
		if (current != null) {
			OpenConnection connection = new OpenConnection(this.context, current.connection(), current.values(),
					this.connectionEvents);
			end(Phase.OPEN, null);
			this.signals.passTo(connection);
			this.events.onOpen(this, connection, responseHeaders);
		}
	}

	@Override
	public void onClosed(DisconnectCause cause) {
		if (this.phase == Phase.DIALING) {
			end(Phase.ENDED, cause);
			this.events.onAttemptFailed(this, cause);
		}
	}

	@Override
	public void onRead() {
	}

	@Override
	public void onText(String text) {
	}

	@Override
	public void onBinary(ByteBuffer bytes) {
	}

	@Override
	public void onPong(ByteBuffer payload) {
	}

	@Override
	public void onWritable() {
	}

	private void onCustomized(@Nullable Throwable failure) {
		if (this.phase != Phase.PREPARING) {
			return;
		}
		if (failure != null) {
			fail(new DisconnectCause.SupplyFailed(failure));
			return;
		}
		ConnectRequest request;
		TemplateValues values;
		try {
			values = this.preparation.values();
			request = this.preparation.request(values);
		}
		catch (RuntimeException ex) {
			// the supplier of TLS settings may be user code
			fail(new DisconnectCause.SupplyFailed(ex));
			return;
		}
		dial(request, values);
	}

	private void dial(ConnectRequest request, TemplateValues values) {
		try {
			EncodedConnection connection = this.resources.connector().connect(request, this.signals);
			this.dialing = new Dialing(connection.guarded(this.failures), values);
			this.phase = Phase.DIALING;
		}
		catch (RuntimeException ex) {
			// the transport may be user code
			fail(new DisconnectCause.ConnectFailed(ex));
		}
	}

	private void onTimeout() {
		TimeoutException failure = new TimeoutException(
				"connect-timeout of " + this.context.settings().connectTimeout() + " has expired");
		fail((this.phase == Phase.DIALING) ? new DisconnectCause.ConnectFailed(failure)
				: new DisconnectCause.SupplyFailed(failure));
	}

	private void fail(DisconnectCause cause) {
		cancel(cause);
		this.events.onAttemptFailed(this, cause);
	}

	private void end(Phase end, @Nullable DisconnectCause failure) {
		if (this.phase != Phase.ENDED) {
			this.timer.cancel();
			this.phase = end;
			this.dialing = null;
			this.preparation.attemptEnded(failure);
		}
	}

	private enum Phase {

		/** Customizers provide URL, headers and values. */
		PREPARING,

		/** The transport connects. */
		DIALING,

		/** The handshake is done: the open connection takes over. */
		OPEN,

		/** Failed, or given up. */
		ENDED

	}

	/**
	 * A connection that the transport is opening.
	 *
	 * @param connection the connection
	 * @param values values of templates that the customizers provided for it
	 */
	private record Dialing(EncodedConnection connection, TemplateValues values) {

	}

}
