package io.github.resilientws.autoconfigure.config;

import java.time.Duration;

import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.PublishMessages;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Transport;
import io.github.resilientws.settings.ClientSettings;

/**
 * The resolved configuration of one client.
 *
 * @param settings settings that the core follows
 * @param transport kind of WebSocket implementation to connect with; by default
 * {@code AUTO}
 * @param sslBundle name of the SSL bundle; empty for the trust store of the JDK; by
 * default empty
 * @param autoStartup whether to connect when the context is refreshed; by default true
 * @param publishMessages when to publish received messages as events; by default {@code
 * AUTO}
 * @param health settings of the health indicator
 * @param store store of unfinished messages with delivery at least once; by default
 * {@code DEFAULT}
 * @param protocol ready-made settings that the client names; empty for none; by default
 * empty
 * @since 0.1
 */
public record ClientConfiguration(ClientSettings settings, Transport transport, String sslBundle, boolean autoStartup,
		PublishMessages publishMessages, HealthSettings health, Store store, String protocol) {

	/**
	 * Return the configuration of a client for which nothing else is configured.
	 * @param settings settings that the core follows
	 * @return the default configuration
	 */
	public static ClientConfiguration defaults(ClientSettings settings) {
		return new ClientConfiguration(settings, Transport.AUTO, "", true, PublishMessages.AUTO,
				HealthSettings.DEFAULTS, Store.DEFAULT, "");
	}

	/**
	 * Return a copy with the given {@code settings}.
	 * @param settings settings that the core follows
	 * @return the copy
	 */
	public ClientConfiguration withSettings(ClientSettings settings) {
		return new ClientConfiguration(settings, this.transport, this.sslBundle, this.autoStartup, this.publishMessages,
				this.health, this.store, this.protocol);
	}

	/**
	 * Return a copy with the given {@code transport}.
	 * @param transport kind of WebSocket implementation to connect with
	 * @return the copy
	 */
	public ClientConfiguration withTransport(Transport transport) {
		return new ClientConfiguration(this.settings, transport, this.sslBundle, this.autoStartup, this.publishMessages,
				this.health, this.store, this.protocol);
	}

	/**
	 * Return a copy with the given {@code ssl-bundle}.
	 * @param sslBundle name of the SSL bundle; empty for the trust store of the JDK
	 * @return the copy
	 */
	public ClientConfiguration withSslBundle(String sslBundle) {
		return new ClientConfiguration(this.settings, this.transport, sslBundle, this.autoStartup, this.publishMessages,
				this.health, this.store, this.protocol);
	}

	/**
	 * Return a copy with the given {@code auto-startup}.
	 * @param autoStartup whether to connect when the context is refreshed
	 * @return the copy
	 */
	public ClientConfiguration withAutoStartup(boolean autoStartup) {
		return new ClientConfiguration(this.settings, this.transport, this.sslBundle, autoStartup, this.publishMessages,
				this.health, this.store, this.protocol);
	}

	/**
	 * Return a copy with the given {@code publish-messages}.
	 * @param publishMessages when to publish received messages as events
	 * @return the copy
	 */
	public ClientConfiguration withPublishMessages(PublishMessages publishMessages) {
		return new ClientConfiguration(this.settings, this.transport, this.sslBundle, this.autoStartup, publishMessages,
				this.health, this.store, this.protocol);
	}

	/**
	 * Return a copy with the given {@code health}.
	 * @param health settings of the health indicator
	 * @return the copy
	 */
	public ClientConfiguration withHealth(HealthSettings health) {
		return new ClientConfiguration(this.settings, this.transport, this.sslBundle, this.autoStartup,
				this.publishMessages, health, this.store, this.protocol);
	}

	/**
	 * Return a copy with the given {@code store}.
	 * @param store store of unfinished messages with delivery at least once
	 * @return the copy
	 */
	public ClientConfiguration withStore(Store store) {
		return new ClientConfiguration(this.settings, this.transport, this.sslBundle, this.autoStartup,
				this.publishMessages, this.health, store, this.protocol);
	}

	/**
	 * Return a copy with the given {@code protocol}.
	 * @param protocol ready-made settings that the client names; empty for none
	 * @return the copy
	 */
	public ClientConfiguration withProtocol(String protocol) {
		return new ClientConfiguration(this.settings, this.transport, this.sslBundle, this.autoStartup,
				this.publishMessages, this.health, this.store, protocol);
	}

	/**
	 * Settings of the health indicator.
	 *
	 * @param gracePeriod length of an outage up to which the client counts as up; by
	 * default 60 seconds
	 * @param critical whether an outage makes the application unhealthy; by default true
	 */
	public record HealthSettings(Duration gracePeriod, boolean critical) {

		/** An outage of up to 60 seconds is healthy. */
		public static final HealthSettings DEFAULTS = new HealthSettings(Duration.ofSeconds(60), true);

		/**
		 * Return a copy with the given {@code grace-period}.
		 * @param gracePeriod length of an outage up to which the client counts as up
		 * @return the copy
		 */
		public HealthSettings withGracePeriod(Duration gracePeriod) {
			return new HealthSettings(gracePeriod, this.critical);
		}

		/**
		 * Return a copy with the given {@code critical}.
		 * @param critical whether an outage makes the application unhealthy
		 * @return the copy
		 */
		public HealthSettings withCritical(boolean critical) {
			return new HealthSettings(this.gracePeriod, critical);
		}

	}

	/**
	 * The store of unfinished messages.
	 */
	public enum Store {

		/** Nothing is configured: a bean if one exists, otherwise memory. */
		DEFAULT,

		/** Memory, even if a bean exists. */
		MEMORY,

		/** A file, or a bean if one exists. */
		FILE,

		/** Tables of a database that several instances share. */
		JDBC,

		/** A bean. */
		BEAN

	}

}
