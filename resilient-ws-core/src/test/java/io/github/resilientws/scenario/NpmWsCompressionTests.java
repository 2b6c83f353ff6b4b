package io.github.resilientws.scenario;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.ResilientWebSocketClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Compression against npm {@code ws}: run by {@code interop/run.sh}.
 */
@Tag("interop")
class NpmWsCompressionTests {

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"threshold":100} | [{"client_no_context_takeover":true,"server_no_context_takeover":true}]
					{"threshold":100,"serverNoContextTakeover":false} | [{"client_no_context_takeover":true}]
					{"threshold":100,"serverMaxWindowBits":9} | [{"client_no_context_takeover":true,"server_no_context_takeover":true,"server_max_window_bits":9}]
					false | [null]
					""")
	void messagesArriveBothWays(String option, String agreed) throws Exception {
		NpmWsServer server = this.scenario.use(NpmWsServer.start(option));
		ResilientWebSocketClient client = this.scenario.connect(this.scenario.builder(server.url())
			.compression(true)
			.listener((message) -> this.heard.add(message.text())));
		List<String> messages = IntStream.range(0, 100).mapToObj((i) -> i + "{name:value}".repeat(i)).toList();

		messages.forEach((message) -> this.scenario.sends().send(client, message));
		messages.forEach(server::push);

		await().atMost(Scenario.LIMIT).until(() -> server.textCount() == messages.size());
		assertThat(server.texts()).isEqualTo(messages);
		assertThat(server.extensions()).isEqualTo(agreed);
		for (String message : messages) {
			assertThat(this.heard.poll(10, TimeUnit.SECONDS)).isEqualTo(message);
		}
	}

}
