package com.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.context.ConfigurableApplicationContext;
import org.yaml.snakeyaml.Yaml;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.autoconfigure.Contexts;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The {@code StatefulSet} of {@code docs/file-store.md}, whose pods are contexts.
 */
class StatefulSetTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final TestWebSocketServer server = TestWebSocketServer.start();

	private final Object configMap;

	private final Object statefulSet;

	private final String configuration;

	@TempDir
	private Path volumes;

	StatefulSetTests() throws IOException {
		String page = new Page("file-store.md").blocks("yaml")
			.stream()
			.filter((block) -> block.contains("kind: StatefulSet"))
			.findFirst()
			.orElseThrow();
		List<Object> documents = new ArrayList<>();
		new Yaml().loadAll(page).forEach(documents::add);
		this.configMap = documents.get(0);
		this.statefulSet = documents.get(1);
		this.configuration = (String) at(this.configMap, "data", "application.yml");
	}

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void configurationIsWhereTheApplicationLooksForIt() {
		assertThat(at(container(), "env", 0, "name")).isEqualTo("SPRING_CONFIG_ADDITIONALLOCATION");
		assertThat(at(container(), "env", 0, "value")).isEqualTo(at(container(), "volumeMounts", 0, "mountPath") + "/");
		assertThat(at(container(), "volumeMounts", 0, "name")).isEqualTo(at(pod(), "volumes", 0, "name"));
		assertThat(at(pod(), "volumes", 0, "configMap", "name")).isEqualTo(at(this.configMap, "metadata", "name"));
	}

	@Test
	void storeIsOnTheVolumeOfTheOrdinal() {
		assertThat(at(chat(), "queue", "directory")).isEqualTo(at(container(), "volumeMounts", 1, "mountPath"));
		assertThat(at(container(), "volumeMounts", 1, "name"))
			.isEqualTo(at(this.statefulSet, "spec", "volumeClaimTemplates", 0, "metadata", "name"));
	}

	@Test
	void aStopHasTheTimeThatItNeeds() {
		Duration phase = duration(
				at(new Yaml().load(this.configuration), "spring", "lifecycle", "timeout-per-shutdown-phase"));
		Duration grace = Duration.ofSeconds((Integer) at(pod(), "terminationGracePeriodSeconds"));
		assertThat(duration(at(chat(), "shutdown-timeout"))).isLessThan(phase);
		assertThat(phase).isLessThan(grace);
	}

	@Test
	void podSendsTheBacklogOfItsOrdinal() throws IOException {
		this.server.stop();
		for (int ordinal = 0; ordinal < 2; ordinal++) {
			try (ConfigurableApplicationContext pod = start(ordinal, "100ms")) {
				pod.getBean(ResilientWebSocketClient.class).send("of pod " + ordinal);
			}
		}
		this.server.answerAcks().restart();
		try (ConfigurableApplicationContext first = start(0, "20s")) {
			Awaitility.await().atMost(LIMIT).until(() -> this.server.seen().textCount() > 0);
			assertThat(this.server.seen().texts()).singleElement().asString().contains("of pod 0");
			try (ConfigurableApplicationContext second = start(1, "20s")) {
				Awaitility.await().atMost(LIMIT).until(() -> this.server.seen().textCount() > 1);
				assertThat(this.server.seen().texts().get(1)).contains("of pod 1");
				assertThat(first.getBean(ResilientWebSocketClient.class).getState()).isEqualTo(ConnectionState.READY);
			}
		}
	}

	private ConfigurableApplicationContext start(int ordinal, String shutdownTimeout) throws IOException {
		Path directory = Files.createDirectories(this.volumes.resolve("outbox-chat-" + ordinal));
		Path mounted = Files.createDirectories(this.volumes.resolve("configuration"));
		Files.writeString(mounted.resolve("application.yml"),
				this.configuration.replace("/var/lib/chat", directory.toString())
					.replace("wss://chat.example.com/ws", this.server.url().toString())
					.replace("20s", shutdownTimeout));
		return Contexts.application(WebApplicationType.NONE, "spring.main.banner-mode: off")
			.properties(Map.of("spring.config.additional-location", mounted + "/"))
			.run();
	}

	private Object pod() {
		return at(this.statefulSet, "spec", "template", "spec");
	}

	private Object container() {
		return at(pod(), "containers", 0);
	}

	private Object chat() {
		return at(new Yaml().load(this.configuration), "resilient-ws", "clients", "chat");
	}

	private static Duration duration(Object value) {
		return DurationStyle.detectAndParse((String) value);
	}

	private static Object at(Object node, Object... path) {
		Object current = node;
		for (Object step : path) {
			current = (step instanceof Integer index) ? ((List<?>) current).get(index)
					: ((Map<?, ?>) current).get(step);
		}
		return current;
	}

}
