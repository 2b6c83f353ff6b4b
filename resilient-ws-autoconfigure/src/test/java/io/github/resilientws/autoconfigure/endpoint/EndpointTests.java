package io.github.resilientws.autoconfigure.endpoint;

import java.io.IOException;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.resilientws.FakeClient;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.autoconfigure.Contexts;
import io.github.resilientws.store.OutboxStoreFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Endpoint {@code resilientws}.
 */
class EndpointTests {

	private static final String YAML = """
			resilient-ws:
			  clients:
			    chat:
			      url: wss://chat.example.com:8443/ws/s3cret?token=s3cret
			      headers: { Authorization: s3cret }
			      values: { token: s3cret }
			      delivery: { guarantee: at-least-once, envelope: '{"i":{{id}},"p":{{payload}},"t":"s3cret"}', ack: { id: /i } }
			      session: { steps: [ { send: '{"token":"s3cret"}', await: /type = ok } ] }
			""";

	private final ApplicationContextRunner runner = Contexts
		.yaml(Contexts.fake(ResilientWebSocketEndpointAutoConfiguration.class)
			.withPropertyValues("management.endpoints.web.exposure.include=resilientws"), YAML);

	@Test
	void showsAllClientsAndOneWithoutSecrets() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			ResilientWebSocketEndpoint endpoint = context.getBean(ResilientWebSocketEndpoint.class);
			String json = JsonMapper.shared().writeValueAsString(endpoint.clients());
			assertThat(json).doesNotContain("s3cret");
			JsonNode chat = JsonMapper.shared().readTree(json).path("clients").path("chat");
			assertThat(chat.propertyNames()).containsExactly("state", "since", "attempts", "lastCause", "nextAttempt",
					"queueSize", "connectionAge", "pendingRequests", "subscriptions", "cluster", "transitions",
					"settings", "counters", "deadLetters");
			assertThat(chat.path("state").asString()).isEqualTo("READY");
			assertThat(chat.path("transitions").get(0).propertyNames()).containsExactly("at", "from", "to", "cause");
			JsonNode settings = chat.path("settings");
			assertThat(settings.path("urls").get(0).asString()).isEqualTo("wss://chat.example.com:8443");
			assertThat(settings.path("headers").path("Authorization").asString()).isEqualTo("******");
			assertThat(settings.path("reconnect").path("initial-delay").asString()).isEqualTo("PT1S");
			assertThat(settings.path("max-frame-size").asInt()).isEqualTo(64 * 1024);
			JsonNode delivery = settings.path("delivery");
			assertThat(delivery.propertyNames()).containsExactly("guarantee", "ack", "nack", "ack-timeout",
					"max-attempts", "window", "id", "envelope", "id-type");
			assertThat(delivery.path("guarantee").asString()).isEqualTo("at-least-once");
			assertThat(delivery.path("ack").path("id").asString()).isEqualTo("/i");
			assertThat(delivery.path("ack").path("when").asString()).isEmpty();
			assertThat(delivery.path("envelope").asString()).isEqualTo("******");
			assertThat(settings.path("queue").path("store").asString()).isEqualTo("memory");
			assertThat(settings.path("queue").path("sync-interval").asString()).isEqualTo("PT0.01S");
			assertThat(chat.path("subscriptions").toString()).isEqualTo("{\"active\":8,\"pending\":9}");
			assertThat(chat.path("counters").path("messagesSent").asInt()).isEqualTo(11);
			assertThat(chat.path("counters").path("messagesResent").asInt()).isEqualTo(13);
			assertThat(chat.path("counters").path("deadLetters").asInt()).isZero();
			assertThat(endpoint.client("chat")).isNotNull();
			assertThat(endpoint.client("unknown")).isNull();
		});
	}

	@Test
	void showsThatABeanIsTheStoreOfAcknowledgedMessages() {
		OutboxStoreFactory factory = (client) -> {
			throw new IOException();
		};
		this.runner.withBean(OutboxStoreFactory.class, () -> factory)
			.withPropertyValues("resilient-ws.clients.plain.url=ws://a")
			.run((context) -> {
				ResilientWebSocketEndpoint endpoint = context.getBean(ResilientWebSocketEndpoint.class);
				assertThat(endpoint.client("chat").settings().get("queue")).extracting("store").isEqualTo("bean");
				assertThat(endpoint.client("plain").settings().get("queue")).extracting("store").isEqualTo("memory");
			});
	}

	@Test
	void showsTheNewestDeadLettersWithoutTheirPayloads() {
		run((endpoint, chat) -> {
			IntStream.range(0, 150).forEach((i) -> chat.letters().add("m" + i));
			String json = JsonMapper.shared().writeValueAsString(endpoint.client("chat"));
			assertThat(json).doesNotContain("s3cret");
			JsonNode letters = JsonMapper.shared().readTree(json).path("deadLetters");
			assertThat(letters).hasSize(100);
			assertThat(letters.get(0).path("id").asString()).isEqualTo("m50");
			assertThat(letters.get(99).toString()).isEqualTo(
					"{\"id\":\"m149\",\"attempts\":3,\"since\":\"2026-01-01T00:00:00Z\",\"cause\":\"NOT_ACKNOWLEDGED\"}");
		});
	}

	@Test
	void deadLettersAreResubmittedAndDiscarded() {
		run((endpoint, chat) -> {
			chat.letters().add("m1").add("m2").add("m3");
			assertThat(ids(endpoint.operate("chat", "resubmit", "m1"))).containsExactly("m2", "m3");
			assertThat(ids(endpoint.operate("chat", "discard", "m3"))).containsExactly("m2");
			assertThat(endpoint.operate("unknown", "discard", "m2")).isNull();
			assertThatExceptionOfType(NoSuchElementException.class)
				.isThrownBy(() -> endpoint.operate("chat", "resubmit", "m1"));
			assertThatExceptionOfType(NoSuchElementException.class)
				.isThrownBy(() -> endpoint.operate("chat", "discard", "m1"));
			for (String id : new String[] { null, "", " " }) {
				assertThatExceptionOfType(InvalidEndpointRequestException.class)
					.isThrownBy(() -> endpoint.operate("chat", "resubmit", id))
					.withMessage("'id' must be the id of a dead letter");
			}
		});
	}

	@ParameterizedTest
	@EnumSource
	void resubmissionIsRefusedOnlyIfItIsNotAdmitted(Reason reason) {
		run((endpoint, chat) -> {
			chat.letters().add("m1").fail(reason);
			if (List.of(Reason.REJECTED, Reason.DROPPED, Reason.CLOSED).contains(reason)) {
				assertThatIllegalStateException().isThrownBy(() -> endpoint.operate("chat", "resubmit", "m1"))
					.withMessageContaining(reason.name());
			}
			else {
				assertThat(endpoint.operate("chat", "resubmit", "m1")).isNotNull();
			}
		});
	}

	private void run(BiConsumer<ResilientWebSocketEndpoint, FakeClient> check) {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed();
			check.accept(context.getBean(ResilientWebSocketEndpoint.class),
					(FakeClient) context.getBean(ResilientWebSocketClient.class));
		});
	}

	private static List<String> ids(ClientDescriptor client) {
		return client.deadLetters().stream().map(ClientDescriptor.DeadLetterDescriptor::id).toList();
	}

	@Test
	void accessIsReadOnlyByDefault() {
		Endpoint annotation = ResilientWebSocketEndpoint.class.getAnnotation(Endpoint.class);
		assertThat(annotation.id()).isEqualTo("resilientws");
		assertThat(annotation.defaultAccess()).isEqualTo(Access.READ_ONLY);
	}

	@Test
	void isNotThereWhenNotExposed() {
		Contexts.fake(ResilientWebSocketEndpointAutoConfiguration.class)
			.run((context) -> assertThat(context).doesNotHaveBean(ResilientWebSocketEndpoint.class));
	}

}
