package io.github.resilientws.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClientCustomizer;
import io.github.resilientws.test.ScriptedConnection;
import io.github.resilientws.test.ScriptedTransport;
import io.github.resilientws.transport.WebSocketTransport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A conversation with the gateway of Discord, configured by the file of the
 * documentation, in virtual time.
 */
class DiscordProtocolTests {

	private static final Path FILE = Path.of("../docs/protocols/discord.yml");

	private static final String URL = "wss://gateway.discord.gg/?v=10&encoding=json";

	private static final String RESUME_URL = "wss://gateway-us-east1-b.discord.gg/?v=10&encoding=json";

	private static final String HELLO = "{\"t\":null,\"s\":null,\"op\":10,\"d\":{\"heartbeat_interval\":40000}}";

	private static final String READY = "{\"t\":\"READY\",\"s\":1,\"op\":0,\"d\":{\"v\":10,\"session_id\":\"s-1\","
			+ "\"resume_gateway_url\":\"wss://gateway-us-east1-b.discord.gg\",\"guilds\":[]}}";

	private static final String ACK = "{\"t\":null,\"s\":null,\"op\":11,\"d\":null}";

	private final List<String> received = new CopyOnWriteArrayList<>();

	private ScriptedTransport transport;

	private ResilientWebSocketClient client;

	@Test
	void holdsTheConversation() throws IOException {
		try (ConfigurableApplicationContext context = Contexts
			.application(WebApplicationType.NONE, Files.readString(FILE), VirtualTime.class)
			.run("--DISCORD_TOKEN=t0ken", "--resilient-ws.clients.discord.headers.Authorization=s3cret",
					"--resilient-ws.clients.discord.headers.Cookie=s3cret",
					"--resilient-ws.clients.discord.auto-startup=false")) {
			this.transport = context.getBean(ScriptedTransport.class);
			this.client = context.getBean(ResilientWebSocketClient.class);
			this.client.addListener((message) -> this.received.add(message.text()));
			this.client.connect();
			identifies();
			beatsWithTheToldIntervalAndTheLastNumber();
			resumesAfterOp7();
			resumesAfterAnInvalidSessionThatMayBeResumed();
			beginsAnewAfterAnInvalidSession();
			beginsAnewAfterASessionThatTimedOut();
			stopsWhenTheIntentsAreNotAllowed();
		}
	}

	private void identifies() {
		assertThat(url()).isEqualTo(URL);
		assertThat(server().request().headers()).containsKeys("Authorization", "Cookie");
		assertThat(sent()).isEmpty();
		server().text(HELLO);
		assertThat(sent()).singleElement()
			.asString()
			.startsWith("{\"op\":2,\"d\":{\"token\":\"t0ken\",\"intents\":513,");
		assertThat(this.client.getState()).isEqualTo(ConnectionState.ESTABLISHING);
		server().text(READY);
		assertThat(this.client.getState()).isEqualTo(ConnectionState.READY);
		await().until(() -> this.received.contains(READY));
	}

	private void beatsWithTheToldIntervalAndTheLastNumber() {
		advance(Duration.ofSeconds(10).minusMillis(1));
		assertThat(sent()).hasSize(1);
		advance(Duration.ofMillis(1));
		assertThat(lastSent()).isEqualTo("{\"op\":1,\"d\":1}");
		server().text(ACK);
		server().text("{\"t\":\"VOICE_STATE_UPDATE\",\"s\":42,\"op\":0,\"d\":{\"session_id\":\"another\"}}");
		server().text("{\"t\":null,\"s\":null,\"op\":1,\"d\":null}");
		assertThat(sent()).hasSize(3);
		assertThat(lastSent()).isEqualTo("{\"op\":1,\"d\":42}");
		advance(Duration.ofSeconds(40));
		assertThat(sent()).hasSize(4);
		assertThat(lastSent()).isEqualTo("{\"op\":1,\"d\":42}");
		server().text(ACK);
		await().until(() -> this.received.size() == 2);
	}

	private void resumesAfterOp7() {
		server().text("{\"t\":null,\"s\":null,\"op\":7,\"d\":null}");
		assertThat(server().closeCode()).isEqualTo(4000);
		resumes("42");
		server().text("{\"t\":\"MESSAGE_CREATE\",\"s\":43,\"op\":0,\"d\":{}}");
		server().text("{\"t\":\"RESUMED\",\"s\":44,\"op\":0,\"d\":{}}");
		assertThat(this.client.getState()).isEqualTo(ConnectionState.READY);
	}

	private void resumesAfterAnInvalidSessionThatMayBeResumed() {
		server().lose(4000);
		resumes("44");
		server().text("{\"t\":null,\"s\":null,\"op\":9,\"d\":true}");
		assertThat(server().closeCode()).isEqualTo(4000);
		resumes("44");
	}

	private void beginsAnewAfterAnInvalidSession() {
		server().text("{\"t\":null,\"s\":null,\"op\":9,\"d\":false}");
		assertThat(server().closeCode()).isEqualTo(4000);
		beginsAnew();
	}

	private void beginsAnewAfterASessionThatTimedOut() {
		server().lose(4009);
		beginsAnew();
	}

	private void stopsWhenTheIntentsAreNotAllowed() {
		server().lose(4014);
		assertThat(this.client.getState()).isEqualTo(ConnectionState.FAILED);
		assertThat(this.client.getStatus().toString()).doesNotContain("s-1", "t0ken", "s3cret");
	}

	private void resumes(String number) {
		advance(Duration.ofSeconds(10));
		assertThat(url()).isEqualTo(RESUME_URL);
		assertThat(server().request().headers()).isEmpty();
		server().text(HELLO);
		assertThat(sent())
			.containsExactly("{\"op\":6,\"d\":{\"token\":\"t0ken\",\"session_id\":\"s-1\",\"seq\":" + number + "}}");
	}

	private void beginsAnew() {
		assertThat(this.client.getState()).isEqualTo(ConnectionState.BACKING_OFF);
		advance(Duration.ofSeconds(10));
		assertThat(url()).isEqualTo(URL);
		assertThat(server().request().headers()).containsKeys("Authorization", "Cookie");
		server().text(HELLO);
		assertThat(new ArrayList<>(sent())).singleElement().asString().startsWith("{\"op\":2,");
		server().text(READY);
		assertThat(this.client.getState()).isEqualTo(ConnectionState.READY);
	}

	private ScriptedConnection server() {
		return this.transport.lastConnection();
	}

	private String url() {
		return server().request().url().toString();
	}

	private List<String> sent() {
		return server().sentTexts();
	}

	private String lastSent() {
		return sent().get(sent().size() - 1);
	}

	private void advance(Duration duration) {
		this.transport.executor().advance(duration);
	}

	@Configuration(proxyBeanMethods = false)
	static class VirtualTime {

		@Bean
		WebSocketTransport transport() {
			return new ScriptedTransport();
		}

		@Bean
		ResilientWebSocketClientCustomizer random() {
			// a quarter of each interval
			return (name, builder) -> builder.component(RandomGenerator.class, () -> 1L << 62);
		}

	}

}
