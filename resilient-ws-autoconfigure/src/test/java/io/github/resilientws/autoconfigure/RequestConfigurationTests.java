package io.github.resilientws.autoconfigure;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketReplyException;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The keys below {@code request}, and requests over a socket.
 */
class RequestConfigurationTests {

	private static final String REQUEST = """
			resilient-ws:
			  clients:
			    node:
			      url: '%s'
			      request:
			        send: '{"id":{{id}},"method":{{destination}},"params":{{payload|[]}}}'
			        reply: { when: /result, id: /id, payload: /result }
			        error: { when: /error, payload: /error }
			""";

	@Test
	void repliesAndRefusalsComeBackOverASocket() {
		try (TestWebSocketServer server = TestWebSocketServer.start()) {
			server.on("/method = add").reply("{\"id\":{{/id}},\"result\":{{/params/0}}}");
			server.on("/method = fail").reply("{\"id\":{{/id}},\"error\":{\"code\":7}}");
			Contexts.yaml(Contexts.real(), String.format(REQUEST, server.url())).run((context) -> {
				ResilientWebSocketClient node = context.getBean(ResilientWebSocketClient.class);
				assertThat(node.convertSendAndReceive("add", new int[] { 5 }, Integer.class).get(10, TimeUnit.SECONDS))
					.isEqualTo(5);
				assertThatExceptionOfType(ExecutionException.class)
					.isThrownBy(() -> node.convertSendAndReceive("fail", null, Map.class).get(10, TimeUnit.SECONDS))
					.havingCause()
					.isInstanceOfSatisfying(WebSocketReplyException.class,
							(ex) -> assertThat(ex.getPayload(Map.class)).containsEntry("code", 7));
			});
		}
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("wrongFiles")
	void wrongFileIsDescribed(String keys, String description) {
		Failures.assertDescribes("resilient-ws: { clients: { node: { url: 'ws://a', " + keys + " } } }", description);
	}

	static Stream<Arguments> wrongFiles() {
		return Stream.of(
				Arguments.of("request: { send: '{{destination}}', reply: { id: /id } }",
						"'resilient-ws.clients.node.request.send' is not valid"),
				Arguments.of("request: { send: '{{id}}' }", "'resilient-ws.clients.node.request.reply.id'"),
				Arguments.of("request: { error: { when: /error } }", "request.error.when is set"),
				Arguments.of("request: { reply: { id: /id }, error: { payload: /error } }",
						"'resilient-ws.clients.node.request.error.when'"),
				Arguments.of("request: { window: 0 }", "'resilient-ws.clients.node.request.window' is not valid"),
				Arguments.of("request: { id-type: sequence }", "counter, uuid"),
				Arguments.of("heartbeat: { mode: text, send: '{\"id\":{{id}}}' }",
						"'resilient-ws.clients.node.heartbeat.send' is not valid"),
				Arguments.of("session: { steps: [ { send: '{{id}}' } ] }", "session.steps[0].await"));
	}

}
