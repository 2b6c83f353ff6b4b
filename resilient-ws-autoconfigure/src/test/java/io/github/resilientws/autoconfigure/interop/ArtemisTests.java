package io.github.resilientws.autoconfigure.interop;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * ActiveMQ Artemis, which speaks STOMP in binary messages.
 */
class ArtemisTests extends StompContractTests {

	ArtemisTests() {
		super("artemis", "prices", 300, """
				protocol: stomp
				url: ws://127.0.0.1:${port}/stomp
				framing: { binary: text }
				""", "");
	}

	@Test
	void refusedRequestFailsWithTheWordsOfTheServer() {
		assertThat(refusal("closed.prices", Map.of(), String.class)).contains("closed.prices");
	}

}
