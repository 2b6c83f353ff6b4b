package io.github.resilientws.metrics;

import java.time.Duration;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.OwnershipChange;
import io.github.resilientws.QuestionOutcome;
import io.github.resilientws.RequestOutcome;
import io.github.resilientws.ResilientWebSocketClient;

/**
 * The meters of one client: {@code resilient.ws.*}, each with the tag {@code client}.
 * Nothing is recorded before {@link #bindTo} and after {@link #close()}.
 *
 * @since 0.1
 */
public class ClientMetrics implements ClientObserver, AutoCloseable {

	private final MeterRegistry registry;

	private final String client;

	private volatile @Nullable ClientMeters meters;

	/**
	 * Create meters without registering them.
	 * @param registry registry that will hold the meters
	 * @param client name of the client
	 */
	public ClientMetrics(MeterRegistry registry, String client) {
		Assert.notNull(registry, "'registry' must not be null");
		Assert.hasText(client, "'client' must not be empty");
		this.registry = registry;
		this.client = client;
	}

	/**
	 * Register all meters, with every value of their tags. Meters of the same names left
	 * by an earlier client are replaced.
	 * @param client client to read; the registry refers to it until {@link #close()}
	 */
	public synchronized void bindTo(ResilientWebSocketClient client) {
		close();
		this.meters = new ClientMeters(new MeterGroup(this.registry, this.client), client,
				() -> this.registry.config().clock().wallTime());
	}

	/**
	 * Remove the meters from the registry; a second call does nothing.
	 */
	@Override
	public synchronized void close() {
		ClientMeters bound = this.meters;
		this.meters = null;
		if (bound != null) {
			bound.remove();
		}
	}

	@Override
	public void stateChanged(String client, ConnectionState from, ConnectionState to, @Nullable DisconnectCause cause) {
		ClientMeters bound = this.meters;
		if (bound != null && to == ConnectionState.STANDBY) {
			bound.registerOwnership();
		}
	}

	@Override
	public void ownershipChanged(String client, OwnershipChange change, long fence, @Nullable String reason) {
		ClientMeters bound = this.meters;
		if (bound != null) {
			bound.ownershipChanged(change);
		}
	}

	@Override
	public void attemptEnded(String client, @Nullable DisconnectCause failure, Duration elapsed) {
		ClientMeters bound = this.meters;
		if (bound != null) {
			bound.attemptEnded(failure == null, elapsed);
			if (failure != null) {
				bound.disconnected(failure);
			}
		}
	}

	@Override
	public void ready(String client, Duration outage) {
		ClientMeters bound = this.meters;
		if (bound != null) {
			bound.ready(outage);
		}
	}

	@Override
	public void disconnected(String client, DisconnectCause cause) {
		ClientMeters bound = this.meters;
		if (bound != null) {
			bound.disconnected(cause);
		}
	}

	@Override
	public void heartbeatAnswered(String client, Duration roundTrip) {
		ClientMeters bound = this.meters;
		if (bound != null) {
			bound.heartbeatAnswered(roundTrip);
		}
	}

	@Override
	public void deliveryEnded(String client, boolean success, Duration elapsed) {
		ClientMeters bound = this.meters;
		if (bound != null) {
			bound.deliveryEnded(success, elapsed);
		}
	}

	@Override
	public void requestEnded(String client, RequestOutcome outcome, Duration elapsed) {
		ClientMeters bound = this.meters;
		if (bound != null) {
			bound.requestEnded(outcome, elapsed);
		}
	}

	@Override
	public void questionEnded(String client, QuestionOutcome outcome, Duration elapsed) {
		ClientMeters bound = this.meters;
		if (bound != null) {
			bound.questionEnded(outcome, elapsed);
		}
	}

	@Override
	public void messageHandled(String client, boolean success, Duration elapsed) {
		ClientMeters bound = this.meters;
		if (bound != null) {
			bound.messageHandled(success, elapsed);
		}
	}

}
