package com.example;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.autoconfigure.Contexts;
import io.github.resilientws.autoconfigure.RestoredLogging;
import io.github.resilientws.test.ReceivedHandshake;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example of {@code docs/oauth2.md}, with an authorization server.
 */
@ExtendWith({ OutputCaptureExtension.class, RestoredLogging.class })
class AccessTokenTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private final TestWebSocketServer server = TestWebSocketServer.start();

	private TokenServer tokenServer;

	@BeforeEach
	void startTokenServer() throws IOException {
		this.tokenServer = new TokenServer();
	}

	@AfterEach
	void closeServers() {
		this.tokenServer.close();
		this.server.close();
	}

	@Test
	void tokenIsFetchedBeforeTheAttemptAndKept() throws IOException {
		try (ConfigurableApplicationContext context = run()) {
			ResilientWebSocketClient chat = awaitReady(context);
			assertThat(this.tokenServer.requests).singleElement()
				.asString()
				.contains("grant_type=client_credentials", "scope=chat.connect");
			assertThat(this.tokenServer.authorizations).containsExactly("Basic "
					+ Base64.getEncoder().encodeToString("chat-back-end:SECRET-0".getBytes(StandardCharsets.UTF_8)));
			this.server.last().reset();
			this.server.seen().awaitHandshakes(2, LIMIT);
			Awaitility.await().atMost(LIMIT).until(chat::isReady);
			assertThat(authorizations()).containsExactly("Bearer SECRET-1", "Bearer SECRET-1");
			assertThat(this.tokenServer.requests).hasSize(1);
		}
	}

	@Test
	void refusedTokenIsReplacedByANewOne(CapturedOutput output) throws IOException {
		this.server.once().refuse(401);
		try (ConfigurableApplicationContext context = run()) {
			awaitReady(context);
			assertThat(authorizations()).containsExactly("Bearer SECRET-1", "Bearer SECRET-2");
			assertThat(this.tokenServer.requests).hasSize(2);
		}
		assertThat(output.getAll()).contains("[chat]", "handshake refused with status 401").doesNotContain("SECRET");
	}

	@Test
	void tokenThatExpiredIsReplacedByANewOne() throws IOException {
		this.server.once().acceptThenClose(4401, Duration.ofMillis(200));
		try (ConfigurableApplicationContext context = run()) {
			this.server.seen().awaitHandshakes(2, LIMIT);
			awaitReady(context);
			assertThat(authorizations()).containsExactly("Bearer SECRET-1", "Bearer SECRET-2");
		}
	}

	@Test
	void clientGivesUpWhenEveryTokenIsRefused() throws IOException {
		this.server.always().refuse(401);
		try (ConfigurableApplicationContext context = run()) {
			ResilientWebSocketClient chat = context.getBean(ResilientWebSocketClient.class);
			Awaitility.await().atMost(LIMIT).until(chat::getState, ConnectionState.FAILED::equals);
			assertThat(authorizations()).containsExactly("Bearer SECRET-1", "Bearer SECRET-2", "Bearer SECRET-3");
		}
	}

	private List<String> authorizations() {
		return this.server.seen()
			.handshakes()
			.stream()
			.map((ReceivedHandshake handshake) -> handshake.header("authorization"))
			.toList();
	}

	private ConfigurableApplicationContext run() throws IOException {
		String yaml = new Page("oauth2.md").blocks("yaml").get(0);
		return Contexts
			.application(WebApplicationType.NONE,
					yaml.replace("https://login.example.com/oauth2/token", this.tokenServer.url())
						.replace("wss://chat.example.com/ws", this.server.url().toString())
						.replace("${CHAT_CLIENT_SECRET}", "SECRET-0"),
					AccessToken.class)
			.run("--logging.level.io.github.resilientws=TRACE");
	}

	private static ResilientWebSocketClient awaitReady(ConfigurableApplicationContext context) {
		ResilientWebSocketClient chat = context.getBean(ResilientWebSocketClient.class);
		Awaitility.await().atMost(LIMIT).until(chat::isReady);
		return chat;
	}

}
