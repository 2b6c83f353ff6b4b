package io.github.resilientws.test.context;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.test.TestWebSocketServer;

/**
 * Starts the servers that a test class declares, directs their clients to them, and
 * restricts all other clients of the context to loopback.
 *
 * @param servers servers to start
 * @param allowedHosts hosts in lower case that are allowed next to loopback, or
 * {@code null} for all
 */
record PeersContextCustomizer(Set<EmbeddedServer> servers,
		@Nullable Set<String> allowedHosts) implements ContextCustomizer {

	static final String GUARD_BEAN_NAME = "resilientWebSocketPeerGuard";

	private static final URI NOWHERE = URI.create("/");

	private static final String PROPERTY_SOURCE = "embeddedWebSocketServers";

	@Override
	public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
		DefaultListableBeanFactory beanFactory = (DefaultListableBeanFactory) context.getBeanFactory();
		Map<String, TestWebSocketServer> started = new HashMap<>();
		Map<String, Object> properties = new HashMap<>();
		for (EmbeddedServer embedded : this.servers) {
			TestWebSocketServer server = embedded.start();
			for (String client : embedded.clients()) {
				boolean first = client.equals(embedded.clients().get(0));
				register(beanFactory, client, server, first);
				point(client, server, context.getEnvironment(), properties);
				started.put(client, server);
			}
		}
		if (!properties.isEmpty()) {
			context.getEnvironment().getPropertySources().addFirst(new MapPropertySource(PROPERTY_SOURCE, properties));
		}
		beanFactory.registerSingleton(GUARD_BEAN_NAME, new PeerGuard(started, this.allowedHosts));
	}

	// one candidate by type for each server, and all by the names of their clients
	private static void register(DefaultListableBeanFactory beanFactory, String client, TestWebSocketServer server,
			boolean first) {
		RootBeanDefinition definition = new RootBeanDefinition(TestWebSocketServer.class, () -> server);
		definition.addQualifier(new AutowireCandidateQualifier(WebSocketClientName.class, client));
		definition.setDefaultCandidate(first);
		String beanName = EmbeddedServer.beanName(client);
		beanFactory.registerBeanDefinition(beanName, definition);
		// closed, too, if the context fails before it creates the bean
		beanFactory.registerDisposableBean(beanName, server::close);
	}

	// so that the client exists and starts even if its configuration is incomplete
	private static void point(String client, TestWebSocketServer server, ConfigurableEnvironment environment,
			Map<String, Object> properties) {
		String prefix = "resilient-ws.clients." + client + ".";
		properties.put(prefix + "url", ConfiguredUrl.at(server.url(), configuredUrl(prefix, environment)).toString());
		if (environment.containsProperty(prefix + "urls") || environment.containsProperty(prefix + "urls[0]")) {
			properties.put(prefix + "urls", "");
		}
	}

	private static URI configuredUrl(String prefix, ConfigurableEnvironment environment) {
		for (String group : List.of(prefix, "resilient-ws.defaults.")) {
			for (String key : List.of(group + "url", group + "urls[0]")) {
				if (environment.containsProperty(key)) {
					try {
						return URI.create(environment.getRequiredProperty(key).trim());
					}
					catch (IllegalArgumentException ex) {
						// malformed, or a placeholder that is resolved only in production
						return NOWHERE;
					}
				}
			}
		}
		return NOWHERE;
	}

}
