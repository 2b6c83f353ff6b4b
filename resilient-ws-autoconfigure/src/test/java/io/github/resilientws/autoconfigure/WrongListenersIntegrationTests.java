package io.github.resilientws.autoconfigure;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.springframework.boot.diagnostics.FailureAnalysis;

import io.github.resilientws.WebSocketListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a user reads who wrote a listener wrong.
 */
class WrongListenersIntegrationTests {

	@Test
	void unknownClientIsNamed() {
		assertThat(analyze(UnknownClient.class).getDescription()).contains("UnknownClient.on(")
			.contains("there is no client 'chatt'; allowed are [chat]");
	}

	@Test
	void wrongMatcherIsNamed() {
		assertThat(analyze(WrongMatcher.class).getDescription()).contains("WrongMatcher.on(").contains("when");
	}

	@Test
	void wrongParameterIsNamed() {
		assertThat(analyze(WrongParameter.class).getDescription()).contains("WrongParameter.on(")
			.contains("parameter 1 of type java.nio.file.Path is not supported");
	}

	private static FailureAnalysis analyze(Class<?> listener) {
		FailureAnalysis[] result = new FailureAnalysis[1];
		Contexts.real()
			.withPropertyValues("resilient-ws.clients.chat.url=ws://localhost:1")
			.withBean(listener)
			.run((context) -> {
				assertThat(context).hasFailed();
				result[0] = Failures.analyze(context.getStartupFailure());
			});
		assertThat(result[0].getAction()).isEqualTo("Correct the @WebSocketListener method that is named above.");
		return result[0];
	}

	static class UnknownClient {

		@WebSocketListener(client = "chatt")
		void on(String text) {
		}

	}

	static class WrongMatcher {

		@WebSocketListener(when = "~(unclosed")
		void on(String text) {
		}

	}

	static class WrongParameter {

		@WebSocketListener
		void on(String text, Path path) {
		}

	}

}
