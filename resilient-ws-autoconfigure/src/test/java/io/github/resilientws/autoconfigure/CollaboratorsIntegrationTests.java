package io.github.resilientws.autoconfigure;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageHeaders;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.support.MessageBuilder;
import org.springframework.retry.RetryPolicy;
import org.springframework.retry.backoff.FixedBackOffPolicy;
import org.springframework.retry.policy.SimpleRetryPolicy;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.event.WebSocketReconnectFailedEvent;
import io.github.resilientws.event.WebSocketReconnectScheduledEvent;
import io.github.resilientws.reconnect.ReconnectDecision;
import io.github.resilientws.reconnect.ReconnectPolicy;
import io.github.resilientws.test.ScriptedTransport;
import io.github.resilientws.test.TestWebSocketServer;
import io.github.resilientws.transport.WebSocketTransport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The user's beans at work, against a real server.
 */
class CollaboratorsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void customizerIsAskedForANewTokenBeforeEachAttempt() {
		this.server.next(1).refuse(401);
		this.server.on("login token-2").reply("ok");
		try (ConfigurableApplicationContext context = run("""
				resilient-ws:
				  clients:
				    chat:
				      url: '%s'
				      session: { steps: [ { send: 'login {{token:raw}}', await: ok } ] }
				""", Tokens.class)) {
			awaitState(context, ConnectionState.READY);
			assertThat(this.server.seen().handshakes()).extracting((handshake) -> handshake.header("authorization"))
				.containsExactly("Bearer 1", "Bearer 2");
			assertThat(context.getBean(Tokens.class).causes).hasSize(2).first().isNull();
			assertThat(context.getBean(Tokens.class).causes.get(1)).isInstanceOfSatisfying(
					DisconnectCause.HandshakeRefused.class, (cause) -> assertThat(cause.status()).isEqualTo(401));
		}
	}

	@Test
	void customizerThatFailsIsAskedAgain() {
		try (ConfigurableApplicationContext context = run("""
				resilient-ws:
				  clients:
				    chat:
				      reconnect: { initial-delay: 100ms }
				""", FailingOnce.class, EventLog.class)) {
			awaitState(context, ConnectionState.READY);
			EventLog log = context.getBean(EventLog.class);
			Awaitility.await().atMost(LIMIT).until(() -> !log.of(WebSocketReconnectScheduledEvent.class).isEmpty());
			assertThat(log.of(WebSocketReconnectScheduledEvent.class).get(0).getCause()).isInstanceOfSatisfying(
					DisconnectCause.SupplyFailed.class,
					(cause) -> assertThat(cause.failure()).isInstanceOf(IOException.class));
		}
	}

	@Test
	void reconnectPolicyOfTheUserDecides() {
		this.server.always().refuse(503);
		try (ConfigurableApplicationContext context = run("resilient-ws: { clients: { chat: { url: '%s' } } }",
				GivingUp.class, EventLog.class)) {
			awaitState(context, ConnectionState.FAILED);
			awaitFailed(context, 3);
		}
	}

	@Test
	void policiesOfSpringRetryDecide() {
		this.server.always().refuse(503);
		try (ConfigurableApplicationContext context = run("resilient-ws: { clients: { chat: { url: '%s' } } }",
				SpringRetry.class, EventLog.class)) {
			awaitState(context, ConnectionState.FAILED);
			awaitFailed(context, 4);
			assertThat(context.getBean(EventLog.class).of(WebSocketReconnectScheduledEvent.class)).extracting("delay")
				.containsOnly(Duration.ofMillis(120));
		}
	}

	@Test
	void converterOfTheUserConverts() {
		this.server.echo();
		try (ConfigurableApplicationContext context = run("resilient-ws: { clients: { chat: { url: '%s' } } }",
				Reversing.class)) {
			awaitState(context, ConnectionState.READY);
			context.getBean(ResilientWebSocketClient.class).convertAndSend(new Word("abc"));
			Reversing beans = context.getBean(Reversing.class);
			Awaitility.await()
				.atMost(LIMIT)
				.untilAsserted(() -> assertThat(beans.words).containsExactly(new Word("abc")));
			assertThat(this.server.seen().texts()).containsExactly("cba");
		}
	}

	@Test
	void transportOfTheUserConnects() {
		try (ConfigurableApplicationContext context = run("resilient-ws: { clients: { chat: { url: '%s' } } }",
				OwnTransport.class)) {
			context.getBean(ScriptedTransport.class).executor().advance(Duration.ZERO);
			assertThat(context.getBean(ResilientWebSocketClient.class).isReady()).isTrue();
			assertThat(context.getBean(ScriptedTransport.class).connections()).hasSize(1);
		}
		assertThat(this.server.seen().accepted()).isZero();
	}

	private ConfigurableApplicationContext run(String yaml, Class<?>... sources) {
		return Contexts.application(WebApplicationType.NONE, yaml.formatted(this.server.url()), sources)
			.run("--test.url=" + this.server.url());
	}

	private static void awaitState(ConfigurableApplicationContext context, ConnectionState state) {
		ResilientWebSocketClient chat = context.getBean(ResilientWebSocketClient.class);
		Awaitility.await().atMost(LIMIT).until(chat::getState, state::equals);
	}

	private void awaitFailed(ConfigurableApplicationContext context, int attempts) {
		EventLog log = context.getBean(EventLog.class);
		Awaitility.await().atMost(LIMIT).until(() -> log.of(WebSocketReconnectFailedEvent.class).size() == 1);
		assertThat(log.of(WebSocketReconnectFailedEvent.class).get(0).getAttempts()).isEqualTo(attempts);
		assertThat(this.server.seen().handshakes()).hasSize(attempts);
	}

	@Configuration(proxyBeanMethods = false)
	static class Tokens {

		final List<DisconnectCause> causes = new CopyOnWriteArrayList<>();

		@Bean
		HandshakeCustomizer token() {
			AtomicInteger number = new AtomicInteger();
			return (handshake) -> {
				this.causes.add(handshake.getLastCause());
				int token = number.incrementAndGet();
				handshake.setHeader("Authorization", "Bearer " + token);
				handshake.setValue("token", "token-" + token);
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingOnce {

		@Bean
		@WebSocketClientName("chat")
		HandshakeCustomizer supplier(Environment environment) {
			return (handshake) -> {
				if (handshake.getAttempt() == 1) {
					throw new IOException("no token");
				}
				handshake.setUrl(URI.create(environment.getRequiredProperty("test.url")));
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class GivingUp {

		@Bean
		ReconnectPolicy policy() {
			return (outage, cause) -> (outage.getAttempts() < 3) ? new ReconnectDecision.Retry(Duration.ofMillis(50))
					: new ReconnectDecision.Stop();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SpringRetry {

		@Bean
		@WebSocketClientName("chat")
		RetryPolicy attempts() {
			return new SimpleRetryPolicy(4);
		}

		@Bean
		@WebSocketClientName("chat")
		FixedBackOffPolicy backOff() {
			FixedBackOffPolicy policy = new FixedBackOffPolicy();
			policy.setBackOffPeriod(120);
			return policy;
		}

	}

	record Word(String word) {

	}

	@Configuration(proxyBeanMethods = false)
	static class Reversing {

		final List<Word> words = new CopyOnWriteArrayList<>();

		@Bean
		@WebSocketClientName("chat")
		MessageConverter converter() {
			return new MessageConverter() {

				@Override
				public Object fromMessage(Message<?> message, Class<?> type) {
					return new Word(reverse((String) message.getPayload()));
				}

				@Override
				public Message<?> toMessage(Object payload, MessageHeaders headers) {
					return MessageBuilder.withPayload(reverse(((Word) payload).word())).build();
				}

			};
		}

		@WebSocketListener
		void on(Word word) {
			this.words.add(word);
		}

		private static String reverse(String text) {
			return new StringBuilder(text).reverse().toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnTransport {

		@Bean
		WebSocketTransport transport() {
			return new ScriptedTransport().autoOpen();
		}

	}

}
