package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.DescribedFailure;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.settings.InboundRequestSettings;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers that ask, and {@code @WebSocketListener} methods that answer: the configuration
 * of the protocols that the documentation shows.
 */
class QuestionsIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private static final String JSON_RPC = """
			resilient-ws:
			  clients:
			    node:
			      url: '%s'
			      request:
			        send: '{"jsonrpc":"2.0","id":{{id}},"method":{{destination}},"params":{{payload|[]}}}'
			        reply: { when: /result, id: /id, payload: /result }
			        error: { when: /error, payload: /error }
			      inbound:
			        request:
			          when: '/method && /id'
			          reply: '{"jsonrpc":"2.0","id":{{/id}},"result":{{payload}}}'
			          error: '{"jsonrpc":"2.0","id":{{/id}},"error":{"code":-32603,"message":{{error}}}}'
			          unhandled: '{"jsonrpc":"2.0","id":{{/id}},"error":{"code":-32601,"message":"Method not found"}}'
			""";

	private static final String OCPP = """
			resilient-ws:
			  clients:
			    csms:
			      url: '%s'
			      subprotocols: ocpp1.6
			      values: { boot: '{"chargePointVendor":"A","chargePointModel":"X"}' }
			      heartbeat: { mode: text, interval: 300s, timeout: 30s, send: '[2,"{{id}}","Heartbeat",{}]', interval-from: /2/interval, unit: s }
			      session:
			        timeout: 60s
			        steps:
			          - send: '[2,"{{id}}","BootNotification",{{boot:raw}}]'
			            await: /2/status = Accepted
			            fail-on: [ { when: '/2/status = Pending || /2/status = Rejected', action: repeat }, { when: /0 = 4, action: retry-slow } ]
			      request:
			        send: '[2,"{{id}}",{{destination}},{{payload}}]'
			        reply: { when: /0 = 3, id: /1, payload: /2 }
			        error: { when: /0 = 4, payload: /2 }
			        id-type: uuid
			        window: 1
			        timeout: 30s
			      inbound:
			        request:
			          when: /0 = 2
			          reply: '[3,{{/1}},{{payload}}]'
			          error: '[4,{{/1}},"InternalError",{{error}},{}]'
			          unhandled: '[4,{{/1}},"NotImplemented","",{}]'
			""";

	private static final String SLACK = """
			resilient-ws:
			  clients:
			    slack:
			      url: '%s'
			      session: { steps: [ { await: /type = hello } ] }
			      inbound: { request: { when: /envelope_id, reply: '{"envelope_id":{{/envelope_id}}}', timeout: 3s } }
			""";

	private static final String PULSAR = """
			resilient-ws:
			  clients:
			    consumer:
			      url: '%s'
			      inbound: { request: { when: /messageId, reply: '{"messageId":{{/messageId}}}', error: '{"type":"negativeAcknowledge","messageId":{{/messageId}}}' } }
			""";

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void jsonRpcInBothDirections() {
		this.server.on("/params").reply("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":5}");
		run(JSON_RPC, Node.class, (client) -> {
			push("{'jsonrpc':'2.0','id':1,'method':'sum','params':[1,2,3]}");
			push("{'jsonrpc':'2.0','id':'a','method':'node','params':{'name':'n'}}");
			push("{'jsonrpc':'2.0','id':2,'method':'missing'}");
			push("{'jsonrpc':'2.0','id':3,'method':'fails'}");
			push("{'jsonrpc':'2.0','id':4,'method':'sum','params':'s3cret'}");
			push("{'jsonrpc':'2.0','id':5,'method':'ask'}");
			this.server.seen().awaitTexts(7, LIMIT);
			assertThat(this.server.seen().texts()).containsExactlyInAnyOrder(
					json("{'jsonrpc':'2.0','id':1,'result':6}"),
					json("{'jsonrpc':'2.0','id':'a','result':{'name':'n','peers':[1,2]}}"),
					json("{'jsonrpc':'2.0','id':2,'error':{'code':-32601,'message':'Method not found'}}"),
					json("{'jsonrpc':'2.0','id':3,'error':{'code':-32603,'message':'internal error'}}"),
					json("{'jsonrpc':'2.0','id':4,'error':{'code':-32603,'message':'the payload cannot be read'}}"),
					json("{'jsonrpc':'2.0','id':1,'method':'add','params':[2,3]}"),
					json("{'jsonrpc':'2.0','id':5,'result':{'sum':5}}"));
		});
	}

	@Test
	void ocppCallsOfTheServer() {
		this.server.always().subprotocol("ocpp1.6");
		this.server.on("~BootNotification")
			.reply((boot) -> "[3," + boot.split(",")[1] + ",{\"status\":\"Accepted\",\"interval\":300}]");
		run(OCPP, ChargePoint.class, (client) -> {
			this.server.seen().awaitTexts(1, LIMIT);
			push("[2,'19223201','Reset',{'type':'Soft'}]");
			push("[2,'2','ClearCache',{}]");
			push("[2,'3','UnlockConnector',{'connectorId':7}]");
			push("[2,'4','GetDiagnostics',{}]");
			this.server.seen().awaitTexts(5, LIMIT);
			assertThat(this.server.seen().texts().subList(1, 5)).containsExactlyInAnyOrder(
					json("[3,'19223201',{'status':'Accepted'}]"), json("[3,'2',{'status':'Rejected'}]"),
					json("[4,'3','InternalError','no connector 7',{}]"), json("[4,'4','NotImplemented','',{}]"));
		});
	}

	@Test
	void anEnvelopeOfSlackIsAcknowledgedWhenItsHandlerHasReturned() {
		this.server.always().acceptAndPush("{\"type\":\"hello\"}");
		run(SLACK, Slack.class, (client) -> {
			push("{'type':'events_api','envelope_id':'e1','payload':{'text':'fails'}}");
			push("{'type':'events_api','envelope_id':'e2','payload':{'text':'fine'}}");
			push("{'type':'events_api','envelope_id':'e3','payload':{'text':'slow'}}");
			this.server.seen().awaitTexts(1, LIMIT);
			assertThat(this.server.seen().texts()).containsExactly(json("{'envelope_id':'e2'}"));
			Slack.slow.complete(null);
			this.server.seen().awaitTexts(2, LIMIT);
			assertThat(this.server.seen().texts()).endsWith(json("{'envelope_id':'e3'}"));
			assertThat(Slack.texts).containsExactly("fails", "fine", "slow");
		});
	}

	@Test
	void aMessageOfPulsarIsRefusedIfItsHandlerFailed() {
		run(PULSAR, PulsarConsumer.class, (client) -> {
			push("{'messageId':'CAAQAw==','payload':'eA=='}");
			push("{'messageId':'CAAQBA==','payload':'fails'}");
			this.server.seen().awaitTexts(2, LIMIT);
			assertThat(this.server.seen().texts()).containsExactly(json("{'messageId':'CAAQAw=='}"),
					json("{'type':'negativeAcknowledge','messageId':'CAAQBA=='}"));
		});
	}

	@Test
	void keysAreReadAndShownWithoutTemplates() {
		Contexts.yaml(Contexts.real(), """
				resilient-ws:
				  defaults: { inbound: { request: { when: /id, reply: default, timeout: 5s } } }
				  clients:
				    chat:
				      url: ws://localhost
				      auto-startup: false
				      inbound: { buffer-messages: 7, request: { reply: r, error: '{{error}}', unhandled: u } }
				""").run((context) -> {
			ClientConfigurations configurations = context.getBean(ClientConfigurations.class);
			assertThat(configurations.get("chat").settings().inbound().request())
				.isEqualTo(new InboundRequestSettings("/id", "r", "{{error}}", "u", Duration.ofSeconds(5)));
			Map<?, ?> shown = (Map<?, ?>) configurations.describe(context.getBean(ResilientWebSocketClient.class))
				.get("inbound");
			assertThat(shown.get("request")).asString()
				.contains("/id")
				.contains("timeout")
				.contains("******")
				.doesNotContain("{{error}}");
		});
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{ when: /id, reply: ok, timeout: 0 }            | timeout   | 0             | 0 is not allowed
			{ when: '~(', reply: ok }                       | when      | ~(            | not a regular expression
			{ when: /id, reply: '{{/id' }                   | reply     |               | {{
			{ when: /id, reply: '{{error}}' }               | reply     | {{error}}     | error
			{ when: /id, reply: '{{nmae}}' }                | reply     | {{nmae}}      | nmae
			{ when: /id, reply: ok, error: '{{nmae}}' }     | error     | {{nmae}}      | nmae
			{ when: /id, reply: ok, unhandled: '{{nmae}}' } | unhandled | {{nmae}}      | nmae
			""")
	void wrongSettingIsNamedWithValueAndWhatIsAllowed(String yaml, String key, String value, String reason) {
		Failures.assertNamesSetting("inbound: { request: " + yaml + " }", "inbound.request." + key,
				(value != null) ? value : "", reason);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			when: /id   | reply | is missing; needed is the template of the answer
			error: no   | reply | is missing; needed is the template of the answer
			reply: ok   | when  | is missing; needed is the matcher of a question
			""")
	void missingSettingIsNamed(String yaml, String key, String reason) {
		assertThat(Failures
			.analyze("resilient-ws: { clients: { chat: { url: 'ws://localhost', inbound: { request: { " + yaml
					+ " } } } } }")
			.getDescription()).contains("'resilient-ws.clients.chat.inbound.request." + key + "'").contains(reason);
	}

	private void run(String yaml, Class<?> listener, Consumer<ResilientWebSocketClient> test) {
		Contexts.yaml(Contexts.real().withBean(listener), yaml.formatted(this.server.url())).run((context) -> {
			ResilientWebSocketClient client = context.getBean(ResilientWebSocketClient.class);
			assertThat(client.awaitReady(LIMIT)).isTrue();
			test.accept(client);
			assertThat(client.isReady()).isTrue();
		});
	}

	private void push(String text) {
		this.server.open().push(json(text));
	}

	private static String json(String text) {
		return text.replace('\'', '"');
	}

	static class Node {

		@WebSocketListener(client = "node", when = "/method = sum", payload = "/params")
		int sum(List<Integer> numbers) {
			return numbers.stream().mapToInt(Integer::intValue).sum();
		}

		@WebSocketListener(client = "node", when = "/method = node", payload = "/params/name")
		Info info(String name) {
			return new Info(name, List.of(1, 2));
		}

		@WebSocketListener(client = "node", when = "/method = fails")
		void fail() {
			throw new IllegalStateException("s3cret");
		}

		@WebSocketListener(client = "node", when = "/method = ask")
		CompletableFuture<Map<String, Integer>> ask(ResilientWebSocketClient client) {
			return client.convertSendAndReceive("add", List.of(2, 3), Integer.class)
				.thenApply((sum) -> Map.of("sum", sum));
		}

		record Info(String name, List<Integer> peers) {

		}

	}

	static class ChargePoint {

		@WebSocketListener(client = "csms", when = "/2 = Reset", payload = "/3")
		Status reset(Reset reset) {
			return new Status(reset.type().equals("Soft") ? "Accepted" : "Rejected");
		}

		@WebSocketListener(client = "csms", when = "/2 = ClearCache")
		CompletableFuture<Status> clearCache() {
			return CompletableFuture.supplyAsync(() -> new Status("Rejected"));
		}

		@WebSocketListener(client = "csms", when = "/2 = UnlockConnector", payload = "/3/connectorId")
		Status unlock(int connector) {
			throw new NoConnector(connector);
		}

		record Reset(String type) {

		}

		record Status(String status) {

		}

		static class NoConnector extends RuntimeException implements DescribedFailure {

			private final int connector;

			NoConnector(int connector) {
				this.connector = connector;
			}

			@Override
			public String getDescription() {
				return "no connector " + this.connector;
			}

		}

	}

	static class Slack {

		static final List<String> texts = new CopyOnWriteArrayList<>();

		static final CompletableFuture<Void> slow = new CompletableFuture<>();

		@WebSocketListener(client = "slack", when = "/type = events_api && /payload/text = slow")
		CompletableFuture<Void> slow() {
			texts.add("slow");
			return slow;
		}

		@WebSocketListener(client = "slack", when = "~fails|fine", payload = "/payload/text")
		void event(String text) {
			texts.add(text);
			if (text.equals("fails")) {
				throw new IllegalStateException();
			}
		}

	}

	static class PulsarConsumer {

		@WebSocketListener(client = "consumer", payload = "/payload")
		void message(String payload) {
			if (payload.equals("fails")) {
				throw new IllegalStateException();
			}
		}

	}

}
