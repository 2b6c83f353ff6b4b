package io.github.resilientws.autoconfigure.config;

import java.time.Duration;

import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.PublishMessages;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Transport;
import io.github.resilientws.settings.ClientSettings;

/**
 * Resolved configuration of one client.
 *
 * @param settings settings of the client itself
 * @param transport WebSocket implementation to connect with
 * @param sslBundle name of the SSL bundle; empty for the trust store of the JDK
 * @param autoStartup whether to connect when the context is refreshed
 * @param publishMessages when to publish received messages as events
 * @param gracePeriod length of an outage up to which the client counts as up
 * @param critical whether an outage makes the application unhealthy
 * @param store what keeps unfinished messages if delivery is at least once
 */
public record ClientConfiguration(ClientSettings settings, Transport transport, String sslBundle, boolean autoStartup,
		PublishMessages publishMessages, Duration gracePeriod, boolean critical, Store store) {

	/**
	 * Return a copy with the given settings.
	 * @param inForce settings that the client was built with
	 * @return the copy
	 */
	public ClientConfiguration with(ClientSettings inForce) {
		return new ClientConfiguration(inForce, this.transport, this.sslBundle, this.autoStartup, this.publishMessages,
				this.gracePeriod, this.critical, this.store);
	}

	/**
	 * Return a copy with the given store.
	 * @param chosen what keeps unfinished messages
	 * @return the copy
	 */
	public ClientConfiguration withStore(Store chosen) {
		return new ClientConfiguration(this.settings, this.transport, this.sslBundle, this.autoStartup,
				this.publishMessages, this.gracePeriod, this.critical, chosen);
	}

	/**
	 * What keeps unfinished messages.
	 */
	public enum Store {

		/** Nothing is configured: a bean if there is one, otherwise memory. */
		DEFAULT,

		/** Memory, even if there is a bean. */
		MEMORY,

		/** A file, or a bean if there is one. */
		FILE,

		/** A bean. */
		BEAN

	}

}
