package io.github.resilientws.autoconfigure.health;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.FakeClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.Contexts;
import io.github.resilientws.autoconfigure.LineStatus;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Health of clients.
 */
class HealthTests {

	private static final Instant NOW = Instant.parse("2026-01-01T00:10:00Z");

	private final ApplicationContextRunner runner = Contexts
		.fake(ResilientWebSocketHealthContributorAutoConfiguration.class)
		.withPropertyValues("resilient-ws.clients.chat.url=ws://a");

	@ParameterizedTest
	@CsvSource({ "READY,,UP", "BACKING_OFF,59,UP", "BACKING_OFF,60,DOWN", "CONNECTING,61,DOWN", "ESTABLISHING,1,UP",
			"FAILED,1,DOWN", "STANDBY,,UP", "IDLE,,UNKNOWN", "SUSPENDED,,UNKNOWN", "DRAINING,,UNKNOWN",
			"CLOSED,,UNKNOWN" })
	void stateAndOutageDecide(ConnectionState state, Integer outageSeconds, String expected) {
		assertThat(health(state, outageSeconds, Duration.ofSeconds(60), true).getStatus().getCode())
			.isEqualTo(expected);
	}

	@Test
	void withoutGracePeriodAnOutageIsDownAtOnce() {
		assertThat(health(ConnectionState.BACKING_OFF, 0, Duration.ZERO, true).getStatus().getCode()).isEqualTo("DOWN");
	}

	@Test
	void clientThatIsNotCriticalIsUpWithDetails() {
		Health health = health(ConnectionState.FAILED, 100, Duration.ofSeconds(60), false);
		assertThat(health.getStatus().getCode()).isEqualTo("UP");
		assertThat(health.getDetails()).containsEntry("state", "FAILED")
			.containsEntry("since", "2026-01-01T00:00:00Z")
			.containsEntry("attempts", 2)
			.containsEntry("lastCause", "Closed 1001 by peer: going away")
			.containsEntry("queueSize", 3)
			.doesNotContainKey("nextAttempt");
	}

	@Test
	void atMostOnceHasNoDetailsOfAcknowledgements() {
		assertThat(health(ConnectionState.READY, null, Duration.ZERO, true).getDetails()).doesNotContainKeys("queueAge",
				"inFlight", "deadLetters", "store");
	}

	@Test
	void atLeastOnceShowsUnacknowledgedMessagesAndDeadLetters() {
		this.runner.withPropertyValues("resilient-ws.clients.chat.delivery.guarantee=at-least-once").run((context) -> {
			FakeClient chat = (FakeClient) context.getBean(ResilientWebSocketClients.class).get("chat");
			chat.letters().add("m1").add("m2");
			CompositeHealthContributor contributor = (CompositeHealthContributor) context
				.getBean("resilientWsHealthContributor");
			HealthIndicator indicator = (HealthIndicator) contributor.getContributor("chat");
			assertThat(indicator.health().getDetails()).containsEntry("queueAge", "PT5S")
				.containsEntry("inFlight", 1)
				.containsEntry("deadLetters", 2)
				.doesNotContainKey("store");
			chat.statistics.storeProblem = "Store /var/lib/outbox/chat was damaged";
			Health health = indicator.health();
			assertThat(health.getStatus().getCode()).isEqualTo("UP");
			assertThat(health.getDetails()).containsEntry("store", chat.statistics.storeProblem);
		});
	}

	@Test
	void contributorHasOneEntryAClient() {
		this.runner.withPropertyValues("resilient-ws.clients.prices.url=ws://b").run((context) -> {
			CompositeHealthContributor contributor = (CompositeHealthContributor) context
				.getBean("resilientWsHealthContributor");
			assertThat(contributor.stream().map(CompositeHealthContributor.Entry::name))
				.containsExactlyInAnyOrder("chat", "prices");
			assertThat(((HealthIndicator) contributor.getContributor("chat")).health().getStatus().getCode())
				.isEqualTo("UP");
		});
	}

	@Test
	void contributorCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.health.resilientws.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean("resilientWsHealthContributor"));
	}

	@Test
	void contributorFollowsTheClientsThatAreThere() {
		Contexts.fake(ResilientWebSocketHealthContributorAutoConfiguration.class).run((context) -> {
			CompositeHealthContributor contributor = (CompositeHealthContributor) context
				.getBean("resilientWsHealthContributor");
			assertThat(contributor.stream()).isEmpty();
			ResilientWebSocketClients clients = context.getBean(ResilientWebSocketClients.class);
			clients.create("tenant", (builder) -> builder.urls(List.of(URI.create("ws://a"))));
			assertThat(contributor.stream().map(CompositeHealthContributor.Entry::name)).containsExactly("tenant");
			assertThat(contributor.getContributor("tenant")).isNotNull();
			assertThat(clients.remove("tenant")).isCompleted();
			assertThat(contributor.stream()).isEmpty();
			assertThat(contributor.getContributor("tenant")).isNull();
		});
	}

	@Test
	void createdClientFollowsTheDefaults() {
		this.runner.withPropertyValues("resilient-ws.defaults.health.critical=false").run((context) -> {
			ResilientWebSocketClients clients = context.getBean(ResilientWebSocketClients.class);
			((FakeClient) clients.create("tenant", (builder) -> builder.urls(List.of(URI.create("ws://a")))))
				.with(FakeClient.status(ConnectionState.FAILED, null, null));
			CompositeHealthContributor contributor = (CompositeHealthContributor) context
				.getBean("resilientWsHealthContributor");
			assertThat(((HealthIndicator) contributor.getContributor("tenant")).health().getStatus().getCode())
				.isEqualTo("UP");
		});
	}

	@ParameterizedTest
	@CsvSource({ ",UP,UNKNOWN", "59,UP,NONE", "60,DOWN,NONE" })
	void standbyIsUpUnlessTheLineHasNoOwnerForLongerThanTheGracePeriod(Integer unownedSeconds, String expected,
			String ownerState) {
		Health health = standby(new LineStatus("jdbc", (unownedSeconds != null) ? null : "pod-2", null, null, null,
				(unownedSeconds != null) ? NOW.minusSeconds(unownedSeconds) : null, null, null));
		assertThat(health.getStatus().getCode()).isEqualTo(expected);
		assertThat(health.getDetails()).containsEntry("ownerState", ownerState).doesNotContainKey("election");
		if (unownedSeconds == null) {
			assertThat(health.getDetails()).containsEntry("owner", "pod-2");
		}
		else {
			assertThat(health.getDetails()).doesNotContainKey("owner");
		}
	}

	@Test
	void standbyShowsTheStateOfTheOwner() {
		Health health = standby(
				new LineStatus("jdbc", "pod-2", ConnectionState.BACKING_OFF, null, null, null, null, null));
		assertThat(health.getStatus().getCode()).isEqualTo("UP");
		assertThat(health.getDetails()).containsEntry("owner", "pod-2").containsEntry("ownerState", "BACKING_OFF");
	}

	@Test
	void standbyIsDownWhileTheElectionDoesNotWorkForLongerThanTheGracePeriod() {
		Health health = standby(new LineStatus("jdbc", "pod-2", ConnectionState.READY, null, null, NOW.minusSeconds(60),
				"no connection", null));
		assertThat(health.getStatus().getCode()).isEqualTo("DOWN");
		assertThat(health.getDetails()).containsEntry("ownerState", "UNKNOWN")
			.containsEntry("election", "no connection");
	}

	private static Health standby(LineStatus line) {
		FakeClient client = new FakeClient("chat").with(FakeClient.status(ConnectionState.STANDBY));
		return new ResilientWebSocketHealthIndicator(client, Duration.ofSeconds(60), true, false, () -> line,
				Clock.fixed(NOW, ZoneOffset.UTC))
			.health();
	}

	private static Health health(ConnectionState state, Integer outageSeconds, Duration grace, boolean critical) {
		Instant outageSince = (outageSeconds != null) ? NOW.minusSeconds(outageSeconds) : null;
		FakeClient client = new FakeClient("chat")
			.with(FakeClient.status(state, outageSince, new DisconnectCause.Closed(1001, "going away", true)));
		return new ResilientWebSocketHealthIndicator(client, grace, critical, false, () -> null,
				Clock.fixed(NOW, ZoneOffset.UTC))
			.health();
	}

}
