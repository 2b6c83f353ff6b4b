package io.github.resilientws.autoconfigure.interop;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

import io.github.resilientws.HandshakeCustomizer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The inspector of Node.js: Chrome DevTools Protocol at a URL that changes with each
 * start.
 */
class NodeInspectorTests extends ProtocolContractTests {

	NodeInspectorTests() {
		super("inspector", """
				peer:
				  protocol: ${protocols}cdp.yaml
				  url: ws://127.0.0.1:${port}
				  heartbeat: { interval: 300ms, timeout: 250ms }
				  session:
				    steps: [ { send: '{"id":{{id}},"method":"Runtime.enable"}' } ]
				""", Targets.class);
	}

	@Override
	void request() throws Exception {
		Evaluation evaluation = call("Runtime.evaluate", Map.of("expression", "6 * 7"), Evaluation.class);
		assertThat(evaluation.result()).isEqualTo(new Evaluation.Result("number", 42));
	}

	@Test
	void refusedRequestFailsWithTheWordsOfTheServer() {
		assertThat(refusal("Nothing.atAll", Map.of(), Refusal.class).code()).isEqualTo(-32601);
	}

	@Override
	void awaitEvent() throws Exception {
		awaitHeard((text) -> text.contains("\"Runtime.consoleAPICalled\""));
	}

	record Evaluation(Result result) {

		record Result(String type, int value) {

		}

	}

	record Refusal(int code, String message) {

	}

	record Target(String webSocketDebuggerUrl) {

	}

	@Configuration(proxyBeanMethods = false)
	static class Targets {

		@Bean
		HandshakeCustomizer target(@Value("${port}") int port, JsonMapper json) {
			HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
			HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
			return (handshake) -> {
				String list = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
				handshake.setUrl(URI.create(json.readValue(list, Target[].class)[0].webSocketDebuggerUrl()));
			};
		}

	}

}
