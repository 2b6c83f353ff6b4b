package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.integration.leader.Context;
import org.springframework.integration.leader.event.OnGrantedEvent;
import org.springframework.integration.leader.event.OnRevokedEvent;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.autoconfigure.endpoint.ClientDescriptor.ClusterDescriptor;
import io.github.resilientws.autoconfigure.endpoint.ResilientWebSocketEndpoint;
import io.github.resilientws.event.WebSocketOwnershipEvent;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client whose instances are elected by the leader events of Spring Integration.
 */
class EventElectionIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private static final String YAML = """
			resilient-ws:
			  clients:
			    feed:
			      url: '%s'
			      cluster: { mode: one, election: events }
			management: { endpoints: { web: { exposure: { include: '*' } } } }
			""";

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void clientFollowsPublishedEvents() {
		try (ConfigurableApplicationContext context = Contexts.run(WebApplicationType.NONE,
				YAML.formatted(this.server.url()), Ownerships.class)) {
			awaitState(context, ConnectionState.STANDBY);
			Context leader = () -> true;
			context.publishEvent(new OnGrantedEvent(this, leader, "other"));
			context.publishEvent(new OnGrantedEvent(this, leader, "feed"));
			awaitState(context, ConnectionState.READY);
			assertThat(this.server.seen().connectionCount()).isOne();
			assertThat(cluster(context)).isEqualTo(
					new ClusterDescriptor("one", "events", null, null, null, 0L, cluster(context).since(), null, null));
			assertThat(cluster(context).since()).isNotNull();
			context.publishEvent(new OnRevokedEvent(this, leader, "feed"));
			awaitState(context, ConnectionState.STANDBY);
			this.server.seen().awaitConnections(0, LIMIT);
			assertThat(cluster(context))
				.isEqualTo(new ClusterDescriptor("one", "events", null, null, null, null, null, null, null));
			assertThat(health(context)).isEqualTo(new String[] { "UP", "STANDBY", "UNKNOWN" });
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(context.getBean(Ownerships.class).changes).containsExactly("ACQUIRED 0",
						"LOST 0"));
			context.restart();
			awaitState(context, ConnectionState.STANDBY);
		}
	}

	private static ClusterDescriptor cluster(ConfigurableApplicationContext context) {
		return context.getBean(ResilientWebSocketEndpoint.class).client("feed").cluster();
	}

	private static String[] health(ConfigurableApplicationContext context) {
		IndicatedHealthDescriptor health = (IndicatedHealthDescriptor) context.getBean(HealthEndpoint.class)
			.healthForPath("resilientWs", "feed");
		return new String[] { health.getStatus().getCode(), String.valueOf(health.getDetails().get("state")),
				String.valueOf(health.getDetails().get("ownerState")) };
	}

	private static ResilientWebSocketClient client(ConfigurableApplicationContext context) {
		return context.getBean(ResilientWebSocketClient.class);
	}

	private static void awaitState(ConfigurableApplicationContext context, ConnectionState state) {
		Awaitility.await().atMost(LIMIT).until(() -> client(context).getState() == state);
	}

	static class Ownerships {

		private final List<String> changes = new CopyOnWriteArrayList<>();

		@EventListener
		void on(WebSocketOwnershipEvent event) {
			this.changes.add(event.getChange() + " " + event.getFence());
		}

	}

}
