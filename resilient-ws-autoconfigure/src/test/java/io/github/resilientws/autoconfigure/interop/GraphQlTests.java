package io.github.resilientws.autoconfigure.interop;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.resilientws.OutboundMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * npm {@code graphql-ws}.
 */
class GraphQlTests extends ProtocolContractTests {

	private static final String GREETING = "query($name: String!) { greeting(name: $name) }";

	GraphQlTests() {
		super("graphql", """
				peer:
				  protocol: graphql-transport-ws
				  url: ws://127.0.0.1:${port}/graphql
				  heartbeat: { interval: 300ms, timeout: 250ms, max-missed: 2 }
				stranger:
				  protocol: graphql-transport-ws
				  url: ws://127.0.0.1:${port}/graphql
				  values: { init: '{"token":"bad"}' }
				  auto-startup: false
				""");
	}

	@Override
	void request() throws Exception {
		for (String name : List.of("Ann", "\"Bo\"\n")) {
			assertThat(call(GREETING, Map.of("name", name), Data.class)).isEqualTo(new Data("Hello " + name));
		}
	}

	@Test
	void refusedRequestFailsWithTheWordsOfTheServer() {
		assertThat(refusal(GREETING, Map.of("name", "nobody"), Result.class).errors())
			.containsExactly(new Failure("unknown name"));
		assertThat(refusal("{ farewell }", Map.of(), Failure[].class))
			.containsExactly(new Failure("Cannot query field \"farewell\" on type \"Query\"."));
	}

	@Test
	void refusedSubscriptionIsOver() throws Exception {
		assertRefused(OutboundMessage.of(Map.of()).withDestination("subscription { nothing }"));
	}

	@Override
	void subscribe() throws Exception {
		subscribe(OutboundMessage.of(Map.of("from", 40))
			.withDestination("subscription($from: Int!) { count(from: $from) }"));
	}

	@Override
	void awaitEvent() throws Exception {
		awaitEvent((text) -> text.toString().contains("{\"count\":4"));
	}

	@Test
	void wrongTokenIsRefused() {
		assertStrangerIsRefused("Closed 4403 by peer: Forbidden");
	}

	record Data(String greeting) {

	}

	record Result(List<Failure> errors) {

	}

	record Failure(String message) {

	}

}
