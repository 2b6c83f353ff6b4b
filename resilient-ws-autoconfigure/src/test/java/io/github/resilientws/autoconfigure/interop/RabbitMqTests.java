package io.github.resilientws.autoconfigure.interop;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

import org.junit.jupiter.api.Test;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * RabbitMQ with {@code rabbitmq_web_stomp}.
 */
class RabbitMqTests extends StompContractTests {

	RabbitMqTests() {
		super("rabbitmq", "/topic/prices", 1000, """
				protocol: stomp
				url: ws://127.0.0.1:${port}/ws
				values: { login: guest, passcode: guest }
				""", """
				stranger:
				  protocol: stomp
				  url: ws://127.0.0.1:${port}/ws
				  values: { login: guest, passcode: bad }
				  auto-startup: false
				""");
	}

	@Test
	void refusedRequestEndsWithTheTimeOutBecauseItsErrorHasNoId() throws Exception {
		CompletableFuture<InboundMessage> reply = client().sendAndReceive(
				OutboundMessage.of(Map.of()).withDestination("/nowhere/at/all").withTimeToLive(Duration.ofSeconds(1)));
		awaitHeard((text) -> text.contains("Unknown destination") && !text.contains("receipt-id"));
		assertThat(reply).failsWithin(LIMIT)
			.withThrowableOfType(ExecutionException.class)
			.havingCause()
			.isInstanceOfSatisfying(WebSocketDeliveryException.class,
					(failure) -> assertThat(failure.getReason()).isEqualTo(Reason.UNDELIVERABLE));
	}

	@Test
	void wrongPasscodeIsRefused() {
		assertStrangerIsRefused("Closed 1008 by us: session.steps[0] was refused");
	}

}
