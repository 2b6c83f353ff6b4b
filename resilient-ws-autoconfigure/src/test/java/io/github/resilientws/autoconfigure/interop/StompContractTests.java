package io.github.resilientws.autoconfigure.interop;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A STOMP broker with receipts.
 */
abstract class StompContractTests extends ProtocolContractTests {

	private static final String STEPS = """
			session:
			  steps:
			    - send: '{"command":"CONNECT","headers":{"accept-version":"1.1,1.2","host":{{host}},"login":{{login}},"passcode":{{passcode}},"heart-beat":"%1$d,%1$d"}}'
			      await: /command = CONNECTED
			      fail-on: [ { when: /command = ERROR } ]
			""";

	private final String topic;

	StompContractTests(String server, String topic, int interval, String client, String others) {
		super(server,
				"peer:\n" + (client + STEPS.formatted(interval)
						+ "heartbeat: { interval: %dms, timeout: %dms }\n".formatted(interval, interval * 9 / 10))
					.indent(2) + others);
		this.topic = topic;
	}

	@Override
	void request() throws Exception {
		String text = UUID.randomUUID() + ": \"\u00e4\"\n";
		assertThat(call(this.topic, Map.of("text", text), Void.class)).isNull();
		awaitText(text);
	}

	@Override
	void awaitEvent() throws Exception {
		String text = UUID.randomUUID().toString();
		client().convertAndSend(this.topic, Map.of("text", text)).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
		awaitText(text);
	}

	@Override
	void subscribe() throws Exception {
		subscribe(this.topic, Price.class);
	}

	private void awaitText(String text) throws Exception {
		awaitEvent((price) -> price.equals(new Price(text)));
	}

	record Price(String text) {

	}

}
