package io.github.resilientws.autoconfigure;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DeadLetter;
import io.github.resilientws.DeadLetters;
import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Delivery at least once and the file store, as an application configures them.
 */
class StoreIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String YAML = """
			management.endpoints.web.exposure.include: resilientws
			management.endpoint.resilientws.access: unrestricted
			resilient-ws:
			  defaults:
			    auto-startup: false
			    delivery: { guarantee: at-least-once, ack-timeout: 200ms, max-attempts: 1, ack: { id: /of } }
			  clients:
			    chat: { url: '%1$s', queue: { store: file, directory: '%2$s' } }
			    other: { url: '%1$s', queue: { store: file, directory: '%2$s' } }
			""";

	@TempDir
	private Path directory;

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void whatWaitsSurvivesTheApplication() {
		try (ConfigurableApplicationContext context = run(this.directory)) {
			CompletableFuture<Delivery> delivery = client(context, "chat").send("hello");
			assertThat(delivery).isNotDone();
		}
		try (ConfigurableApplicationContext context = run(this.directory)) {
			assertThat(client(context, "other").getStatistics().getQueueSize()).isZero();
			ResilientWebSocketClient chat = client(context, "chat");
			assertThat(chat.getStatistics().getQueueSize()).isOne();
			chat.connect();
			Awaitility.await()
				.atMost(LIMIT)
				.until(() -> this.server.seen()
					.texts()
					.stream()
					.anyMatch((text) -> text.contains("\"data\":\"hello\"")));
		}
	}

	@Test
	void deadLettersAreOperatedOverTheEndpoint() {
		try (ConfigurableApplicationContext context = run(this.directory)) {
			ResilientWebSocketClient chat = client(context, "chat");
			chat.connect();
			List.of("one", "two").forEach(chat::send);
			Awaitility.await().atMost(LIMIT).until(() -> chat.getStatistics().getDeadLetterCount() == 2);
			List<String> ids = context.getBean(DeadLetters.class).list("chat").stream().map(DeadLetter::id).toList();
			Http http = new Http(context);
			JsonNode letters = http.json("/actuator/resilientws/chat").path("deadLetters");
			assertThat(letters.valueStream().map((letter) -> letter.path("id").asString())).isEqualTo(ids);
			assertThat(letters.toString()).doesNotContain("one");
			chat.disconnect().join();
			assertThat(operate(http, "resubmit", ids.get(0)).statusCode()).isEqualTo(409);
			assertThat(chat.getStatistics().getDeadLetterCount()).isEqualTo(2);
			assertThat(operate(http, "discard", ids.get(1)).statusCode()).isEqualTo(200);
			assertThat(operate(http, "discard", ids.get(1)).statusCode()).isEqualTo(404);
			chat.connect().join();
			HttpResponse<String> answer = operate(http, "resubmit", ids.get(0));
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(JsonMapper.shared().readTree(answer.body()).path("state").asString()).isEqualTo("READY");
			Awaitility.await().atMost(LIMIT).until(() -> chat.getStatistics().getMessagesResent() == 1);
			assertThat(client(context, "chat").getState()).isEqualTo(ConnectionState.READY);
		}
	}

	@Test
	void storeThatAnotherApplicationHoldsStopsTheStart() {
		try (ConfigurableApplicationContext context = run(this.directory)) {
			FailureAnalysis analysis = Failures.analyze(catchThrowable(() -> run(this.directory).close()));
			assertThat(analysis.getDescription()).contains("'resilient-ws.clients.chat.queue.directory' is not valid")
				.contains("Value:  " + this.directory)
				.contains("Reason: ")
				.contains("held by", this.directory.resolve("chat").toString(), "" + ProcessHandle.current().pid());
			assertThat(analysis.getAction()).contains("Stop the application that holds the file");
			assertThat(client(context, "chat").getStatistics().getStoreProblem()).isNull();
		}
	}

	@Test
	void failedStartReleasesTheStoresThatItOpened() {
		try (ConfigurableApplicationContext holder = run(this.directory)) {
			client(holder, "chat").disconnect().join();
			assertThat(Failures.analyze(catchThrowable(() -> run(this.directory).close())).getDescription())
				.contains("'resilient-ws.clients.other.queue.directory' is not valid");
			assertThat(client(holder, "chat").connect()).succeedsWithin(LIMIT);
		}
	}

	@Test
	void clientThatIsRemovedReleasesItsStoreForTheNextOfItsName() {
		try (ConfigurableApplicationContext context = run(this.directory)) {
			ResilientWebSocketClients clients = context.getBean(ResilientWebSocketClients.class);
			for (int i = 0; i < 3; i++) {
				ResilientWebSocketClient tenant = clients.create("tenant",
						(builder) -> builder.urls(List.of(this.server.url()))
							.queue((queue) -> queue.withStore(StoreSettings.file(this.directory))));
				tenant.send("waits");
				assertThat(tenant.getStatistics().getQueueSize()).isEqualTo(i + 1);
				assertThat(clients.remove("tenant")).succeedsWithin(LIMIT);
			}
		}
	}

	@Test
	void directoryThatIsAFileStopsTheStart() throws IOException {
		Path file = Files.writeString(this.directory.resolve("file"), "text");
		FailureAnalysis analysis = Failures.analyze(catchThrowable(() -> run(file).close()));
		assertThat(analysis.getDescription()).contains("'resilient-ws.clients.chat.queue.directory' is not valid")
			.contains("Value:  " + file);
		assertThat(analysis.getAction()).contains("read and write in the directory");
		assertThat(file).hasContent("text");
	}

	private static HttpResponse<String> operate(Http http, String operation, String id) {
		return http.post("/actuator/resilientws/chat", "{\"operation\":\"" + operation + "\",\"id\":\"" + id + "\"}");
	}

	private ConfigurableApplicationContext run(Path directory) {
		return Contexts.run(WebApplicationType.SERVLET, YAML.formatted(this.server.url(), directory));
	}

	private static ResilientWebSocketClient client(ConfigurableApplicationContext context, String name) {
		return context.getBean(ResilientWebSocketClients.class).get(name);
	}

}
