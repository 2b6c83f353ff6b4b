package io.github.resilientws.internal.request;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.RequestOutcome;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClient.Builder;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.QueueSettings.Overflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What observers learn about requests, and requests that wait where messages wait.
 */
class RequestOutcomeTests {

	private final List<String> outcomes = new CopyOnWriteArrayList<>();

	private final List<Integer> sums = new CopyOnWriteArrayList<>();

	@Test
	void eachRequestThatTheOutboxAcceptsHasOneOutcome() {
		Rig rig = rig((builder) -> builder);
		CompletableFuture<Integer> early = call(rig);
		rig.advance(Duration.ofSeconds(10));
		// a callback thread ends what the outbox has failed
		Rig.failure(early);
		rig.connect();
		call(rig);
		rig.advance(Duration.ofSeconds(2));
		rig.connection().text("{\"id\":1,\"result\":1}");
		rig.connection().text("{\"id\":1,\"result\":1}");
		call(rig);
		rig.connection().text("{\"id\":2,\"error\":1}");
		call(rig);
		rig.advance(Duration.ofSeconds(10));
		rig.connection().pong();
		call(rig);
		rig.connection().lose(1006);
		call(rig);
		rig.client.disconnect();
		rig.settle();
		assertThat(this.outcomes).containsExactly("EXPIRED PT10S", "SUCCESS PT2S", "REFUSED PT0S", "EXPIRED PT10S",
				"LOST PT0S", "LOST PT0S");
		assertThat(rig.client.getStatistics().getPendingRequests()).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "REJECT, 1, REJECTED", "DROP_OLDEST, 0, DROPPED", "DROP_NEWEST, 1, DROPPED" })
	void aRequestIsBoundAsAMessageIs(Overflow overflow, int failed, Reason reason) {
		Rig rig = rig((builder) -> builder.queue((queue) -> queue.withCapacity(1).withOverflow(overflow)));
		List<CompletableFuture<Integer>> calls = List.of(call(rig), call(rig));
		WebSocketDeliveryException failure = (WebSocketDeliveryException) Rig.failure(calls.get(failed));
		assertThat(failure.getReason()).isEqualTo(reason);
		assertThat(failure.getAttempts()).isZero();
		rig.connect();
		assertThat(rig.connection().sentTexts()).hasSize(1);
		rig.connection().text("{\"id\":1,\"result\":5}");
		assertThat(calls.get(1 - failed).join()).isEqualTo(5);
		rig.settle();
		assertThat(this.outcomes).containsExactly("SUCCESS PT0S");
	}

	@Test
	void requestsThatTimeOutTogetherAskForOneHeartbeat() {
		Rig rig = rig((builder) -> builder).connect();
		call(rig);
		call(rig);
		rig.advance(Duration.ofSeconds(1));
		call(rig);
		rig.advance(Duration.ofSeconds(9));
		assertThat(rig.connection().pings()).hasSize(1);
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.connection().pings()).hasSize(1);
		rig.connection().pong();
		call(rig);
		rig.advance(Duration.ofSeconds(10));
		assertThat(rig.connection().pings()).hasSize(2);
	}

	@Test
	void aListenerMayWaitForItsOwnRequest() {
		Rig rig = rig((builder) -> builder);
		ResilientWebSocketClient client = rig.client;
		client.addListener((message) -> this.sums.add(client.convertSendAndReceive("add", null, Integer.class).join()));
		rig.connect();
		rig.connection().text("go");
		await().until(() -> rig.connection().sentTexts().size() == 1);
		rig.connection().text("{\"id\":1,\"result\":7}");
		await().until(() -> this.sums.equals(List.of(7)));
	}

	private static CompletableFuture<Integer> call(Rig rig) {
		return rig.client.convertSendAndReceive("call", null, Integer.class);
	}

	private Rig rig(UnaryOperator<Builder> settings) {
		return new Rig((builder) -> settings.apply(builder.observer(new ClientObserver() {

			@Override
			public void requestEnded(String client, RequestOutcome outcome, Duration elapsed) {
				RequestOutcomeTests.this.outcomes.add(outcome + " " + elapsed);
			}

		})
			.request((request) -> request.withSend("{\"id\":{{id}},\"call\":{{destination}}}")
				.withTimeout(Duration.ofSeconds(10))
				.withReply("/result", "/id", "/result")
				.withError("/error", "", "/error"))));
	}

}
