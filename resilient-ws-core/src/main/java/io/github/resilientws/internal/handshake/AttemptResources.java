package io.github.resilientws.internal.handshake;

import java.time.InstantSource;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.framing.EncodedConnection;
import io.github.resilientws.internal.monitoring.ClientObservations;
import io.github.resilientws.internal.monitoring.PlaintextCredentialsWarning;
import io.github.resilientws.settings.TlsSettings;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;

/**
 * The objects that the attempts of one client share.
 *
 * @param customizers called before each attempt
 * @param tls returns the TLS settings of the next attempt, or {@code null} for those of
 * the JDK
 * @param connector begins an attempt of the transport
 * @param plaintextWarning warns of credentials over {@code ws}
 * @param observations observes attempts, or {@code null}
 * @param clock wall clock
 */
public record AttemptResources(HandshakeCustomizers customizers, @Nullable Supplier<TlsSettings> tls,
		Connector connector, PlaintextCredentialsWarning plaintextWarning, @Nullable ClientObservations observations,
		InstantSource clock) {

	/**
	 * Begins an attempt of the client's transport, on the client's executor.
	 */
	@FunctionalInterface
	public interface Connector {

		/**
		 * Begin an attempt.
		 * @param request the URL and settings of the connection
		 * @param listener receives the signals of the connection
		 * @return the connection, not open yet
		 */
		EncodedConnection connect(ConnectRequest request, ConnectionListener listener);

	}

}
