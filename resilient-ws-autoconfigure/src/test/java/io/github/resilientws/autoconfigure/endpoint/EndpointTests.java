package io.github.resilientws.autoconfigure.endpoint;

import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.resilientws.autoconfigure.Contexts;

import static org.assertj.core.api.Assertions.assertThat;

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
					"queueSize", "transitions", "settings", "counters");
			assertThat(chat.path("state").asString()).isEqualTo("READY");
			assertThat(chat.path("transitions").get(0).propertyNames()).containsExactly("at", "from", "to", "cause");
			JsonNode settings = chat.path("settings");
			assertThat(settings.path("urls").get(0).asString()).isEqualTo("wss://chat.example.com:8443");
			assertThat(settings.path("headers").path("Authorization").asString()).isEqualTo("******");
			assertThat(settings.path("reconnect").path("initial-delay").asString()).isEqualTo("PT1S");
			assertThat(chat.path("counters").path("messagesSent").asInt()).isEqualTo(11);
			assertThat(endpoint.client("chat")).isNotNull();
			assertThat(endpoint.client("nobody")).isNull();
		});
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
