package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.ContextHierarchy;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients in the contexts of a {@code @ContextHierarchy}.
 */
@SpringJUnitConfig
@ContextHierarchy({
		@ContextConfiguration(classes = ContextHierarchyAnnotationTests.Clients.class,
				initializers = ContextHierarchyAnnotationTests.Above.class),
		@ContextConfiguration(classes = ContextHierarchyAnnotationTests.Clients.class,
				initializers = ContextHierarchyAnnotationTests.Below.class) })
@DirtiesContext
class ContextHierarchyAnnotationTests {

	private static final TestWebSocketServer server = TestWebSocketServer.start();

	@Autowired
	private ApplicationContext context;

	@Autowired
	private ResilientWebSocketClients clients;

	@AfterAll
	static void closeServer() {
		server.close();
	}

	@Test
	void eachContextHasItsOwnClients() {
		ApplicationContext parent = this.context.getParent();
		assertThat(parent).isNotNull();
		assertThat(names(this.clients)).containsExactly("chat", "shared");
		assertThat(names(parent.getBean(ResilientWebSocketClients.class))).containsExactly("prices", "shared");
		assertThat(this.clients.get("shared"))
			.isNotSameAs(parent.getBean(ResilientWebSocketClients.class).get("shared"))
			.isSameAs(this.context.getBean("sharedWebSocketClient"));
		this.clients.forEach(ContextHierarchyAnnotationTests::awaitReady);
		parent.getBean(ResilientWebSocketClients.class).forEach(ContextHierarchyAnnotationTests::awaitReady);
		assertThat(server.seen().handshakes()).hasSize(4);
	}

	private static void awaitReady(ResilientWebSocketClient client) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(client::isReady);
	}

	private static List<String> names(ResilientWebSocketClients clients) {
		return StreamSupport.stream(clients.spliterator(), false).map(ResilientWebSocketClient::getName).toList();
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration(ResilientWebSocketAutoConfiguration.class)
	static class Clients {

	}

	static class Above implements ApplicationContextInitializer<ConfigurableApplicationContext> {

		@Override
		public void initialize(ConfigurableApplicationContext context) {
			TestPropertyValues
				.of("resilient-ws.clients.prices.url=" + server.url(),
						"resilient-ws.clients.shared.url=" + server.url())
				.applyTo(context);
		}

	}

	static class Below implements ApplicationContextInitializer<ConfigurableApplicationContext> {

		@Override
		public void initialize(ConfigurableApplicationContext context) {
			TestPropertyValues
				.of("resilient-ws.clients.chat.url=" + server.url(), "resilient-ws.clients.shared.url=" + server.url())
				.applyTo(context);
		}

	}

}
