package io.github.resilientws.autoconfigure;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.integration.leader.event.AbstractLeaderEvent;

import io.github.resilientws.FakeClient;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.cluster.ResilientWebSocketEventElectionAutoConfiguration;
import io.github.resilientws.cluster.LineElection;
import io.github.resilientws.settings.ClusterSettings;
import io.github.resilientws.settings.ClusterSettings.Mode;
import io.github.resilientws.settings.InvalidSettingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The keys below {@code cluster}.
 */
class ClusterConfigurationTests {

	private static final String ONE = "resilient-ws: { clients: { chat: { url: 'ws://a', cluster: { mode: one } } } }";

	private final ApplicationContextRunner runner = Contexts
		.fake(ResilientWebSocketEventElectionAutoConfiguration.class)
		.withPropertyValues("resilient-ws.clients.chat.url=ws://a");

	@Test
	void clientsInheritTheElectionLeafByLeafAndShowIt() {
		this.runner
			.withPropertyValues("resilient-ws.defaults.cluster.election=events",
					"resilient-ws.clients.chat.cluster.mode=one", "resilient-ws.clients.chat.cluster.role=leader",
					"resilient-ws.clients.prices.url=ws://b")
			.run((context) -> {
				FakeClient chat = (FakeClient) context.getBean("chatWebSocketClient");
				assertThat(chat.builder.settings.cluster())
					.isEqualTo(new ClusterSettings(Mode.ONE, "events", "leader"));
				assertThat(context.getBean(ClientConfigurations.class).describe(chat).get("cluster"))
					.isEqualTo(Map.of("mode", "one", "election", "events", "role", "leader"));
				assertThat(Contexts.components(chat)).containsKey(LineElection.class);
				FakeClient prices = (FakeClient) context.getBean("pricesWebSocketClient");
				assertThat(prices.builder.settings.cluster()).isEqualTo(new ClusterSettings(Mode.EACH, "events", ""));
				assertThat(Contexts.components(prices)).doesNotContainKey(LineElection.class);
			});
	}

	@Test
	void clientCreatedAtRunTimeHasAnElection() {
		this.runner.run((context) -> {
			ResilientWebSocketClients clients = context.getBean(ResilientWebSocketClients.class);
			ResilientWebSocketClient tenant = clients.create("tenant",
					(builder) -> builder.urls(List.of(URI.create("ws://b")))
						.cluster((cluster) -> cluster.withMode(Mode.ONE).withElection("events")));
			assertThat(Contexts.components(tenant)).containsKey(LineElection.class);
			assertThat(context.getBean(ClientElections.class).find(tenant)).isNotNull();
			clients.remove("tenant").join();
			assertThat(context.getBean(ClientElections.class).find(tenant)).isNull();
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(() -> clients.create("other",
						(builder) -> builder.urls(List.of(URI.create("ws://b")))
							.cluster((cluster) -> cluster.withMode(Mode.ONE).withElection("raft"))))
				.withMessageContaining("cluster.election");
		});
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("wrongClientSettings")
	void wrongSettingIsNamedWithValueAndWhatIsAllowed(String yaml, String key, String value, String reason) {
		Failures.assertNamesSetting(yaml, key, value, reason);
	}

	static Stream<Arguments> wrongClientSettings() {
		return Stream.of(Arguments.of("cluster: { mode: some }", "cluster.mode", "some", "must be one of each, one"),
				Arguments.of("cluster: { election: raft }", "cluster.election", "raft",
						"is not known; allowed are events, jdbc"),
				Arguments.of("cluster: { mode: one, election: raft }", "cluster.election", "raft", "is not known"),
				Arguments.of("cluster: { role: ' ' }", "cluster.role", "", "is blank"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("wrongFiles")
	void wrongFileIsDescribed(String yaml, String description) {
		Failures.assertDescribes(yaml, description);
	}

	static Stream<Arguments> wrongFiles() {
		return Stream.of(
				Arguments.of("resilient-ws: { cluster: { lease: 10 } }",
						"'resilient-ws.cluster.lease' is not valid:\n\n    Value:  10ms"),
				Arguments.of("resilient-ws: { cluster: { group: ' ' } }", "'resilient-ws.cluster.group' is not valid"),
				Arguments.of("resilient-ws: { cluster: { spread: true } }",
						"'resilient-ws.cluster.spread' is unknown; known keys here: group, lease"),
				Arguments.of("resilient-ws: { defaults: { cluster: { yield-after: 5m } } }",
						"'resilient-ws.defaults.cluster.yield-after' is unknown"),
				Arguments.of(ONE, "'resilient-ws.cluster.group' is not valid:\n\n    Reason: is missing"),
				Arguments.of("spring.application.name: shop\n" + ONE,
						"'resilient-ws.clients.chat.cluster.election' is not valid:\n\n    Value:  jdbc"));
	}

	@Test
	void missingGroupIsToBeSet() {
		assertThat(Failures.analyze(ONE).getAction()).isEqualTo("Set 'resilient-ws.cluster.group'.");
	}

	@Test
	void electionByEventsNamesTheDependencyThatIsMissing() {
		this.runner.withClassLoader(new FilteredClassLoader(AbstractLeaderEvent.class.getPackageName()))
			.withPropertyValues("resilient-ws.clients.chat.cluster.mode=one",
					"resilient-ws.clients.chat.cluster.election=events")
			.run((context) -> {
				FailureAnalysis analysis = Failures.analyze(context.getStartupFailure());
				assertThat(analysis.getDescription()).contains("'resilient-ws.clients.chat.cluster.election'")
					.contains("org.springframework.integration:spring-integration-core");
			});
	}

}
