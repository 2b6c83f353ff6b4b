package io.github.resilientws.test.context;

import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.util.Assert;

import io.github.resilientws.settings.WebSocketUrl;

/**
 * Reads the peers from a test class that its clients may connect to: its own servers,
 * real hosts, or by default only loopback.
 */
final class PeersContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		return new PeersContextCustomizer(servers(testClass), allowedHosts(testClass));
	}

	private static Set<EmbeddedServer> servers(Class<?> testClass) {
		Set<EmbeddedServer> servers = new LinkedHashSet<>();
		MergedAnnotations.search(SearchStrategy.TYPE_HIERARCHY)
			.withEnclosingClasses(TestContextAnnotationUtils::searchEnclosingClass)
			.from(testClass)
			.stream(EmbeddedWebSocketServer.class)
			.map(MergedAnnotation::synthesize)
			.forEach((annotation) -> servers.add(server(testClass, annotation)));
		Set<String> clients = new LinkedHashSet<>();
		servers.forEach((server) -> server.clients()
			.forEach((client) -> Assert.state(clients.add(client), () -> testClass.getName()
					+ " has two different @EmbeddedWebSocketServer annotations for the client '" + client + "'")));
		return servers;
	}

	private static EmbeddedServer server(Class<?> testClass, EmbeddedWebSocketServer annotation) {
		List<String> clients = Arrays.stream(annotation.client()).distinct().toList();
		Assert.state(!clients.isEmpty(),
				() -> "An @EmbeddedWebSocketServer of " + testClass.getName() + " names no client");
		return new EmbeddedServer(clients, annotation.script());
	}

	private static @Nullable Set<String> allowedHosts(Class<?> testClass) {
		AllowRealWebSocketPeers annotation = TestContextAnnotationUtils.findMergedAnnotation(testClass,
				AllowRealWebSocketPeers.class);
		if (annotation == null) {
			return Set.of();
		}
		Set<String> hosts = new LinkedHashSet<>();
		Arrays.stream(annotation.value()).map(PeersContextCustomizerFactory::normalized).forEach(hosts::add);
		return hosts.isEmpty() ? null : hosts;
	}

	// the same way as the host of an attempt
	private static String normalized(String host) {
		try {
			return WebSocketUrl.of(URI.create("ws://" + host)).host().toLowerCase(Locale.ROOT);
		}
		catch (IllegalArgumentException ex) {
			return host.toLowerCase(Locale.ROOT);
		}
	}

}
