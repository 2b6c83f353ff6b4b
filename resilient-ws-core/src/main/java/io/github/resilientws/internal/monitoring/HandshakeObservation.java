package io.github.resilientws.internal.monitoring;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.Handshake;
import io.github.resilientws.observation.HandshakeObservationContext;

/**
 * The observation of one attempt: started on the customizers' thread, stopped on the
 * executor of events.
 */
public final class HandshakeObservation {

	private final ClientObservations observations;

	// the attempt may end while the observation is being started
	private final CompletableFuture<Observation> started = new CompletableFuture<>();

	public HandshakeObservation(ClientObservations observations) {
		this.observations = observations;
	}

	/**
	 * Start the observation, and call the customizers while it is current.
	 * @param <T> type of the result
	 * @param handshake the attempt
	 * @param customizers calls the customizers
	 * @return their result
	 */
	public <T extends @Nullable Object> T start(Handshake handshake, Supplier<T> customizers) {
		Observation observation = this.observations.startHandshake(handshake);
		if (observation == null) {
			return customizers.get();
		}
		this.started.complete(observation);
		return this.observations.inScope(observation, customizers);
	}

	/**
	 * The attempt has ended.
	 * @param failure why it failed, or {@code null} if the handshake was done
	 */
	public void end(@Nullable DisconnectCause failure) {
		this.started.thenAcceptAsync((observation) -> stop(observation, failure), this.observations.events());
	}

	private void stop(Observation observation, @Nullable DisconnectCause failure) {
		this.observations.stop(observation, (failure != null) ? new ObservedFailure(failure.describe()) : null,
				(context) -> {
					if (context instanceof HandshakeObservationContext handshake) {
						handshake.setEnd(failure);
					}
				});
	}

}
