package io.github.resilientws.autoconfigure;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import org.springframework.web.socket.client.WebSocketClient;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.autoconfigure.config.ClientConfiguration;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Transport;
import io.github.resilientws.internal.ClientRuntime;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.transport.NoTransportException;
import io.github.resilientws.transport.WebSocketTransport;

/**
 * Chooses the transport of a client: a bean of the user, the configured transport, or the
 * one on the class path. Logs the choice once, and again for a client that differs.
 */
final class ClientTransports implements ClientBuilderFactory {

	static final String WEB_SOCKET_CLIENT = "org.springframework.web.socket.client.WebSocketClient";

	private static final Log logger = LogFactory.getLog(ClientTransports.class);

	private final ClientRuntime runtime;

	private final ClientCollaborators collaborators;

	private final @Nullable ClassLoader classLoader;

	// an absent class is searched for in the whole class path each time
	private final boolean hasWebSocketClient;

	// guarded by this
	private @Nullable String usual;

	ClientTransports(ClientRuntime runtime, ClientCollaborators collaborators, @Nullable ClassLoader classLoader) {
		this.runtime = runtime;
		this.collaborators = collaborators;
		this.classLoader = classLoader;
		this.hasWebSocketClient = ClassUtils.isPresent(WEB_SOCKET_CLIENT, classLoader);
	}

	@Override
	public ResilientWebSocketClient.Builder builder(ClientConfiguration configuration) {
		return this.runtime.builder(configuration.settings().name(), transport(configuration));
	}

	private @Nullable WebSocketTransport transport(ClientConfiguration configuration) {
		String name = configuration.settings().name();
		WebSocketTransport own = this.collaborators.single(WebSocketTransport.class, name);
		if (own != null) {
			return chosen(name, own, "a bean of type " + own.getClass().getName());
		}
		WebSocketTransport given = this.hasWebSocketClient ? GivenClients.find(this.runtime, this.collaborators, name)
				: null;
		if (given != null) {
			checkConflicts(configuration);
			return chosen(name, given, "spring, over the client's WebSocketClient bean");
		}
		return switch (configuration.transport()) {
			case NETTY -> chosen(name, netty(name), "netty, as configured");
			case SPRING -> chosen(name, spring(name), "spring, as configured");
			case AUTO -> best(name);
		};
	}

	private @Nullable WebSocketTransport best(String name) {
		if (ClientRuntime.hasNetty(this.classLoader)) {
			return chosen(name, this.runtime.netty(), "netty, because Netty is on the class path");
		}
		if (ClientRuntime.hasSpring(this.classLoader)) {
			return chosen(name, this.runtime.spring(),
					"spring, because Netty is not on the class path, but a WebSocket container is");
		}
		// a customizer may set one
		return null;
	}

	private WebSocketTransport netty(String name) {
		if (!ClientRuntime.hasNetty(this.classLoader)) {
			throw new NoTransportException(name, "netty", NoTransportException.NETTY);
		}
		return this.runtime.netty();
	}

	private WebSocketTransport spring(String name) {
		if (!ClientRuntime.hasSpring(this.classLoader)) {
			throw new NoTransportException(name, "spring", NoTransportException.SPRING);
		}
		return this.runtime.spring();
	}

	private static void checkConflicts(ClientConfiguration configuration) {
		if (configuration.transport() == Transport.NETTY) {
			throw new InvalidSettingException("transport", "netty",
					"a WebSocketClient bean serves this client, which needs 'spring' or 'auto'; remove one of the two");
		}
		if (!configuration.sslBundle().isEmpty()) {
			throw new InvalidSettingException("ssl.bundle", configuration.sslBundle(),
					"a WebSocketClient bean serves this client, which has its own trust material; remove one of the two");
		}
	}

	private synchronized WebSocketTransport chosen(String name, WebSocketTransport transport, String description) {
		if (this.usual == null) {
			this.usual = description;
			logger.info("WebSocket transport: " + description);
		}
		else if (!this.usual.equals(description)) {
			logger.info("[" + name + "] WebSocket transport: " + description);
		}
		return transport;
	}

	/**
	 * Loaded only if spring-websocket is present.
	 */
	private static final class GivenClients {

		private GivenClients() {
		}

		static @Nullable WebSocketTransport find(ClientRuntime runtime, ClientCollaborators collaborators,
				String name) {
			WebSocketClient client = collaborators.qualified(WebSocketClient.class, name);
			return (client != null) ? runtime.spring().over(client) : null;
		}

	}

}
