package io.github.resilientws.autoconfigure;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.converter.MessageConversionException;

import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.WebSocketSubscription;
import io.github.resilientws.event.WebSocketSubscriptionEvent;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Captured and computed values, replies and destinations are found nowhere but where the
 * program asks for them.
 */
@ExtendWith(RestoredLogging.class)
class ConversationSecretsTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	private static final String YAML = """
			management:
			  endpoints: { web: { exposure: { include: '*' } } }
			  endpoint: { health: { show-details: always }, resilientws: { access: unrestricted } }
			resilient-ws:
			  clients:
			    talk:
			      url: '%1$s'
			      reconnect: { initial-delay: 100ms, max-delay: 100ms, on-message: [ { when: /bye, action: retry } ] }
			      session:
			        captures: { session: { from: /session } }
			        resume-url: '%1$sresume?session={{session}}'
			      request:
			        send: '{"id":{{id}},"call":{{destination}},"with":{{payload}},"sign":{{signature}}}'
			        reply: { when: /result, id: /id, payload: /result }
			        error: { when: /error, payload: /error }
			        timeout: 500ms
			      subscription:
			        send: '{"id":{{id}},"sub":{{destination}}}'
			        message-key: /topic
			        on-message: [ { when: /end, action: end } ]
			        timeout: 500ms
			      inbound: { request: { when: /ask, reply: '{"answer":{{payload}}}', error: '{"failed":{{error}}}' } }
			""";

	private static final List<String> ENDPOINTS = List.of("resilientws", "resilientws/talk", "health", "metrics",
			"prometheus", "env", "configprops", "beans", "loggers");

	private final CanaryFinds finds = new CanaryFinds();

	private final Queue<CompletableFuture<?>> futures = new ConcurrentLinkedQueue<>();

	@Test
	void secretsOfAConversationAreFoundNowhere() throws Exception {
		CanaryLog log = new CanaryLog(CanaryFinds.CANARY, List.of("org.springframework.web.socket"));
		try (TestWebSocketServer server = TestWebSocketServer.start()) {
			server.on((text) -> text.contains("answered")).reply("{\"id\":{{id}},\"result\":\"cAnArY-reply\"}");
			server.on((text) -> text.contains("refused")).reply("{\"id\":{{id}},\"error\":\"cAnArY-reply\"}");
			server.on((text) -> text.contains("finished"))
				.reply("{\"topic\":\"cAnArY-finished\",\"end\":\"cAnArY-reply\"}");
			try (ConfigurableApplicationContext context = Contexts
				.application(WebApplicationType.SERVLET, YAML.formatted(server.url()), CanaryNoise.class, Signer.class)
				.initializers((prepared) -> log.start())
				.run("--server.port=0", "--logging.level.root=TRACE", "--logging.threshold.console=OFF")) {
				ResilientWebSocketClient client = context.getBean(ResilientWebSocketClient.class);
				awaitReady(client);
				call(client);
				subscribe(client);
				server.open().push("{\"ask\":\"cAnArY-question\"}");
				server.seen().awaitText("{\"failed\":\"internal error\"}", LIMIT);
				context.getBean(Signer.class).broken.set(true);
				call(client, "computed");
				resume(client, server);
				lookAt(client, context);
			}
			assertThat(server.seen().handshakes().toString()).contains("/resume?session=cAnArY-capture");
			assertThat(server.seen().texts()).anyMatch((text) -> text.contains("\"sign\":\"cAnArY-signature\""));
		}
		finally {
			log.stop();
		}
		assertThat(log.finds()).as("log").isEmpty();
		assertThat(this.finds.all()).as("other places").isEmpty();
	}

	private void call(ResilientWebSocketClient client) {
		call(client, "refused");
		call(client, "never");
		call(client, "answered");
		assertThat(client.convertSendAndReceive("answered", null, String.class)).succeedsWithin(LIMIT)
			.isEqualTo("cAnArY-reply");
	}

	private void call(ResilientWebSocketClient client, String name) {
		CompletableFuture<?> future = client.convertSendAndReceive("cAnArY-" + name, "cAnArY-payload", Integer.class);
		assertThat(future).failsWithin(LIMIT);
		this.futures.add(future);
	}

	private void subscribe(ResilientWebSocketClient client) {
		for (String name : List.of("refused", "never", "finished")) {
			WebSocketSubscription subscription = client.subscribe("cAnArY-" + name, (message) -> {
			});
			Awaitility.await().atMost(LIMIT).until(subscription.active()::isDone);
			this.futures.add(subscription.active());
			this.finds.lookAt("subscription", subscription);
		}
	}

	private void resume(ResilientWebSocketClient client, TestWebSocketServer server) throws Exception {
		server.open().push("{\"session\":\"cAnArY-capture\"}");
		server.open().push("{\"bye\":\"cAnArY-reply\"}");
		server.seen().awaitHandshakes(2, LIMIT);
		awaitReady(client);
		server.stop();
		Awaitility.await().atMost(LIMIT).until(() -> client.getStatus().attempts() > 3);
		this.futures.add(client.convertSendAndReceive("cAnArY-closed", null, Integer.class));
		client.disconnect().get(10, TimeUnit.SECONDS);
	}

	private void lookAt(ResilientWebSocketClient client, ConfigurableApplicationContext context) {
		this.finds.lookAt(client);
		assertThat(this.futures).hasSize(8);
		for (CompletableFuture<?> future : this.futures) {
			Throwable failure = future.handle((value, thrown) -> thrown).orTimeout(10, TimeUnit.SECONDS).join();
			// the exception of the converter is for the caller, who has the reply anyway
			if (!(failure instanceof CompletionException converted)
					|| !(converted.getCause() instanceof MessageConversionException)) {
				this.finds.lookAt("failure of a future", failure);
			}
		}
		CanaryNoise noise = context.getBean(CanaryNoise.class);
		assertThat(noise.events.stream().filter(WebSocketSubscriptionEvent.class::isInstance)).hasSize(3);
		noise.events.forEach(this.finds::lookAt);
		noise.observations.forEach((observation) -> this.finds.lookAt("observation", observation));
		this.finds.lookAt(context.getBean(MeterRegistry.class));
		Http http = new Http(context);
		Stream<String> names = http.json("/actuator/metrics")
			.path("names")
			.valueStream()
			.map((name) -> name.asString());
		Stream.concat(ENDPOINTS.stream(), names.map("metrics/"::concat)).forEach((path) -> {
			HttpResponse<String> answer = http.get("/actuator/" + path);
			assertThat(answer.statusCode()).as(path).isIn(200, 503);
			this.finds.lookAt(path, answer.body());
		});
	}

	private static void awaitReady(ResilientWebSocketClient client) {
		Awaitility.await().atMost(LIMIT).until(client::isReady);
	}

	/**
	 * Computes a value, or fails with a text that no log may show.
	 */
	@Configuration(proxyBeanMethods = false)
	static class Signer {

		final AtomicBoolean broken = new AtomicBoolean();

		@Bean
		@WebSocketClientName("talk")
		HandshakeCustomizer signer() {
			return (handshake) -> handshake.setValue("signature", (values) -> {
				if (this.broken.get()) {
					throw new IllegalStateException("cAnArY-key");
				}
				return "cAnArY-signature";
			});
		}

	}

}
