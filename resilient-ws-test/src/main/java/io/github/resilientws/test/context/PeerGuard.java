package io.github.resilientws.test.context;

import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;

import io.github.resilientws.ConnectForbiddenException;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.settings.WebSocketUrl;
import io.github.resilientws.test.ScriptedTransport;
import io.github.resilientws.test.TestWebSocketServer;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WebSocketTransportDecorator;

/**
 * The last decorator of the transport. It directs clients to their embedded servers, and
 * forbids other clients to connect to hosts other than loopback. It looks up no names.
 */
final class PeerGuard implements WebSocketTransportDecorator, Ordered {

	private final Map<String, TestWebSocketServer> servers;

	private final @Nullable Set<String> allowedHosts;

	/**
	 * Create a guard.
	 * @param servers embedded servers by client
	 * @param allowedHosts hosts in lower case that are allowed next to loopback, or
	 * {@code null} for all
	 */
	PeerGuard(Map<String, TestWebSocketServer> servers, @Nullable Set<String> allowedHosts) {
		this.servers = Map.copyOf(servers);
		this.allowedHosts = allowedHosts;
	}

	void resetServers() {
		this.servers.values().stream().distinct().forEach(TestWebSocketServer::reset);
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	public WebSocketTransport decorate(String client, WebSocketTransport transport) {
		return (transport instanceof ScriptedTransport) ? transport : new Guarded(client, transport);
	}

	private ConnectRequest guard(String client, ConnectRequest request) {
		TestWebSocketServer server = this.servers.get(client);
		if (server != null) {
			return request.to(ConfiguredUrl.at(server.url(), request.url()), ProxySettings.NONE);
		}
		allow(client, WebSocketUrl.of(request.url()).host());
		if (request.proxy().type() != ProxySettings.Type.NONE) {
			allow(client, request.proxy().host());
		}
		return request;
	}

	private void allow(String client, String spelled) {
		String host = spelled.toLowerCase(Locale.ROOT);
		if (!Loopback.isLoopback(host) && this.allowedHosts != null && !this.allowedHosts.contains(host)) {
			throw new ConnectForbiddenException("the client '" + client + "' would connect to " + host
					+ ", which is not allowed in a test by default: put @EmbeddedWebSocketServer(client = \"" + client
					+ "\") on the test class to give the client a server, or @AllowRealWebSocketPeers(\"" + host
					+ "\") to allow the host");
		}
	}

	private final class Guarded implements WebSocketTransport {

		private final String client;

		private final WebSocketTransport transport;

		Guarded(String client, WebSocketTransport transport) {
			this.client = client;
			this.transport = transport;
		}

		@Override
		public void check(ClientSettings settings, boolean tls) {
			this.transport.check(settings, tls);
		}

		@Override
		public SerialExecutor newExecutor() {
			return this.transport.newExecutor();
		}

		@Override
		public WebSocketConnection connect(ConnectRequest request, SerialExecutor executor,
				ConnectionListener listener) {
			return this.transport.connect(guard(this.client, request), executor, listener);
		}

		@Override
		public void close() {
			this.transport.close();
		}

	}

}
