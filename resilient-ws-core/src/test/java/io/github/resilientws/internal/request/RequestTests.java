package io.github.resilientws.internal.request;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.task.TaskDecorator;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient.Builder;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.WebSocketReplyException;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.DeliverySettings.Guarantee;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.RequestSettings.IdType;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.settings.SessionSettings.AutoReply;
import io.github.resilientws.settings.SessionSettings.FailOn;
import io.github.resilientws.settings.SessionSettings.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Requests over a scripted connection in virtual time.
 */
class RequestTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final String SEND = "{\"id\":{{id}},\"method\":{{destination}},\"params\":{{payload|[]}}}";

	@Test
	void theReplyWithTheIdCompletesTheRequest() {
		Rig rig = rig().connect();
		CompletableFuture<Integer> first = rig.client.convertSendAndReceive("add", List.of(1, 2), Integer.class);
		CompletableFuture<List<String>> second = rig.client.convertSendAndReceive("names", null,
				new ParameterizedTypeReference<>() {
				});
		assertThat(rig.connection().sentTexts()).containsExactly("{\"id\":1,\"method\":\"add\",\"params\":[1,2]}",
				"{\"id\":2,\"method\":\"names\",\"params\":[]}");
		assertThat(rig.client.getStatistics().getPendingRequests()).isEqualTo(2);
		rig.connection().text("{\"id\":2,\"result\":[\"a\",\"b\"]}");
		rig.connection().text("{\"id\":1,\"result\":3}");
		assertThat(second.join()).containsExactly("a", "b");
		assertThat(first.join()).isEqualTo(3);
		assertThat(rig.client.getStatistics().getPendingRequests()).isZero();
		assertThat(rig.client.getStatistics().getMessagesSent()).isEqualTo(2);
		rig.connection().text("end");
		await().until(() -> rig.received.contains("end"));
		assertThat(rig.received).containsExactly("end");
	}

	@Test
	void theWholeReplyIsReturnedToo() {
		Rig rig = rig().connect();
		CompletableFuture<InboundMessage> reply = rig.client
			.sendAndReceive(OutboundMessage.of(Map.of("a", 1)).withDestination("m").withId("own"));
		assertThat(rig.connection().sentTexts())
			.containsExactly("{\"id\":\"own\",\"method\":\"m\",\"params\":{\"a\":1}}");
		rig.connection().text("{\"id\":\"own\",\"result\":null}");
		assertThat(reply.join().text()).isEqualTo("{\"id\":\"own\",\"result\":null}");
	}

	@Test
	void aNullResultIsNullAndVoidTakesAnyReply() {
		Rig rig = rig().connect();
		CompletableFuture<String> nothing = rig.client.convertSendAndReceive("m", null, String.class);
		CompletableFuture<Void> any = rig.client.convertSendAndReceive("m", null, Void.class);
		rig.connection().text("{\"id\":1,\"result\":null}");
		rig.connection().text("{\"id\":2,\"result\":{\"a\":1}}");
		assertThat(nothing.join()).isNull();
		assertThat(any.join()).isNull();
	}

	@Test
	void aRefusalHasTheReplyAndItsContent() {
		Rig rig = rig().connect();
		CompletableFuture<String> refused = rig.client.convertSendAndReceive("m", null, String.class);
		rig.connection().text("{\"id\":1,\"error\":{\"code\":7,\"secret\":\"s3cret\"}}");
		WebSocketReplyException failure = (WebSocketReplyException) Rig.failure(refused);
		assertThat(failure.getReason()).isEqualTo(Reason.NEGATIVE);
		assertThat(failure.getMessageId()).isEqualTo("1");
		assertThat(failure.getReply().text()).contains("s3cret");
		assertThat(failure.getPayload(Map.class)).containsEntry("code", 7);
		assertThat(failure.toString()).doesNotContain("s3cret");
	}

	@Test
	void aReplyThatCannotBeReadFailsWithTheExceptionOfTheConverter() {
		Rig rig = rig().connect();
		CompletableFuture<Integer> reply = rig.client.convertSendAndReceive("m", null, Integer.class);
		rig.connection().text("{\"id\":1,\"result\":{\"a\":1}}");
		assertThat(Rig.failure(reply)).hasMessageContaining("Integer");
	}

	@Test
	void lateRepliesAreHiddenAndMessagesThatAreNoneArePassedOn() {
		Rig rig = rig().connect();
		rig.connection().text("{\"id\":9,\"result\":1}");
		rig.connection().text("{\"id\":9,\"error\":1}");
		rig.connection().text("{\"error\":1}");
		rig.connection().text("{\"result\":1}");
		rig.connection().text("{\"id\":9}");
		await().until(() -> rig.received.size() == 3);
		assertThat(rig.received).containsExactly("{\"error\":1}", "{\"result\":1}", "{\"id\":9}");
	}

	@Test
	void requestsWaitUntilReadyAndAreNumberedAgainOnEachConnection() {
		Rig rig = rig().connect();
		rig.client.convertSendAndReceive("a", null, Void.class);
		rig.connection().lose(1006);
		rig.client.convertSendAndReceive("b", null, Void.class);
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.connection(2).sentTexts()).containsExactly("{\"id\":1,\"method\":\"b\",\"params\":[]}");
	}

	@Test
	void aLossFailsWhatWasHandedOverAndNothingIsSentTwice() {
		Rig rig = rig().connect();
		CompletableFuture<Void> sent = rig.client.convertSendAndReceive("a", null, Void.class);
		rig.connection().holdWrites();
		CompletableFuture<Void> uncertain = rig.client.convertSendAndReceive("b", null, Void.class);
		rig.connection().failHeldWrite(0, 1, new IOException("reset"));
		rig.connection().lose(1006);
		assertThat(reason(sent)).isEqualTo(Reason.UNDELIVERABLE);
		assertThat(reason(uncertain)).isEqualTo(Reason.UNDELIVERABLE);
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.connection(2).sentTexts()).isEmpty();
		assertThat(rig.client.getStatistics().getPendingRequests()).isZero();
	}

	@Test
	void aWriteThatCompletesAfterTheConnectionWasReplacedFailsItsRequest() {
		Rig rig = rig().connect();
		rig.connection().holdWrites();
		CompletableFuture<Void> request = rig.client.convertSendAndReceive("a", null, Void.class);
		rig.client.reconnect();
		assertThat(request).isNotDone();
		rig.connection(1).releaseWrites();
		assertThat(reason(request)).isEqualTo(Reason.UNDELIVERABLE);
		assertThat(rig.connection(2).sentTexts()).isEmpty();
		assertThat(rig.client.getStatistics().getPendingRequests()).isZero();
	}

	@Test
	void withoutAReplyInTimeAHeartbeatFollows() {
		Rig rig = rig().connect();
		CompletableFuture<Void> reply = rig.client.convertSendAndReceive("a", null, Void.class);
		rig.advance(TIMEOUT.minusNanos(1));
		assertThat(reply).isNotDone();
		assertThat(rig.connection().pings()).isEmpty();
		rig.advance(Duration.ofNanos(1));
		WebSocketDeliveryException failure = (WebSocketDeliveryException) Rig.failure(reply);
		assertThat(failure.getReason()).isEqualTo(Reason.UNDELIVERABLE);
		assertThat(failure.getAttempts()).isEqualTo(1);
		assertThat(rig.connection().pings()).hasSize(1);
	}

	@Test
	void aRequestThatWasNeverSentExpires() {
		Rig rig = rig();
		CompletableFuture<InboundMessage> reply = rig.client
			.sendAndReceive(OutboundMessage.empty().withTimeToLive(Duration.ofMillis(50)));
		rig.advanceMillis(50);
		WebSocketDeliveryException failure = (WebSocketDeliveryException) Rig.failure(reply);
		assertThat(failure.getReason()).isEqualTo(Reason.EXPIRED);
		assertThat(failure.getAttempts()).isZero();
	}

	@Test
	void aFullWindowHoldsRequestsAndWhatIsBehindThem() {
		Rig rig = rig((builder) -> builder.request((request) -> request.withWindow(1))).connect();
		CompletableFuture<Void> first = rig.client.convertSendAndReceive("a", null, Void.class);
		rig.client.convertSendAndReceive("b", null, Void.class);
		rig.client.send("behind");
		assertThat(rig.connection().sentTexts()).hasSize(1);
		rig.connection().text("{\"id\":1,\"result\":1}");
		first.join();
		assertThat(rig.connection().sentTexts()).hasSize(3).last().isEqualTo("behind");
		rig.advance(TIMEOUT);
		rig.client.convertSendAndReceive("c", null, Void.class);
		assertThat(rig.connection().sentTexts()).hasSize(4);
	}

	@ParameterizedTest
	@EnumSource(Guarantee.class)
	void requestsGoAtMostOnceBesideMessages(Guarantee guarantee) {
		Rig rig = rig((builder) -> builder.delivery((delivery) -> delivery.withGuarantee(guarantee))).connect();
		CompletableFuture<Integer> reply = rig.client.convertSendAndReceive("a", null, Integer.class);
		rig.client.send(OutboundMessage.text("m").withId("m"));
		rig.connection().text("{\"id\":1,\"result\":5}");
		assertThat(reply.join()).isEqualTo(5);
		CompletableFuture<Integer> lost = rig.client.convertSendAndReceive("b", null, Integer.class);
		rig.connection().lose(1006);
		Rig.failure(lost);
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.connection(2).sentTexts())
			.isEqualTo((guarantee == Guarantee.AT_LEAST_ONCE) ? List.of("{\"id\":\"m\",\"data\":\"m\"}") : List.of());
	}

	@Test
	void disconnectWaitsForRepliesAndThenFailsTheRequests() {
		Rig rig = rig((builder) -> builder.shutdownTimeout(Duration.ofSeconds(5))).connect();
		CompletableFuture<Integer> answered = rig.client.convertSendAndReceive("a", null, Integer.class);
		CompletableFuture<Integer> unanswered = rig.client.convertSendAndReceive("b", null, Integer.class);
		rig.client.disconnect();
		rig.connection().text("{\"id\":1,\"result\":5}");
		assertThat(answered.join()).isEqualTo(5);
		assertThat(rig.state()).isEqualTo(ConnectionState.DRAINING);
		rig.advance(Duration.ofSeconds(5));
		assertThat(reason(unanswered)).isEqualTo(Reason.CLOSED);
		Rig again = rig().connect();
		again.client.convertSendAndReceive("a", null, Integer.class);
		again.client.disconnect();
		again.connection().text("{\"id\":1,\"result\":5}");
		assertThat(again.connection().closeCode()).isEqualTo(1000);
	}

	@Test
	void stepsBeatsAnswersAndRequestsHaveOneCounter() {
		Rig rig = rig((builder) -> builder
			.session((session) -> new SessionSettings(session.timeout(),
					List.of(new Step("{\"id\":{{id}},\"login\":1}", "", List.of())),
					List.of(new AutoReply("/ask", "{\"id\":{{id}},\"test\":1}"))))
			.heartbeat((heartbeat) -> heartbeat.withMode(Mode.TEXT)
				.withSend("{\"id\":{{id}},\"ping\":1}")
				.withInterval(Duration.ofSeconds(5))
				.withTimeout(Duration.ofSeconds(2))));
		rig.client.connect();
		assertThat(rig.state()).isEqualTo(ConnectionState.ESTABLISHING);
		rig.connection().text("{\"id\":1,\"result\":1}");
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.client.convertSendAndReceive("a", null, Void.class);
		rig.connection().text("{\"ask\":1}");
		rig.advance(Duration.ofSeconds(5));
		assertThat(rig.connection().sentTexts()).containsExactly("{\"id\":1,\"login\":1}",
				"{\"id\":2,\"method\":\"a\",\"params\":[]}", "{\"id\":3,\"test\":1}", "{\"id\":4,\"ping\":1}");
		rig.connection().text("{\"id\":4,\"result\":{}}");
		rig.connection().text("{\"id\":3,\"result\":{}}");
		rig.advance(Duration.ofSeconds(2));
		assertThat(rig.observed("answered")).hasSize(1);
		rig.advance(Duration.ofSeconds(10));
		assertThat(rig.observed("disconnected")).containsExactly("disconnected HeartbeatLost");
		assertThat(rig.received).isEmpty();
	}

	@Test
	void aBeatThatFindsNoRoomIsAPing() {
		Rig rig = rig(
				(builder) -> builder.request((request) -> request.withWindow(1).withTimeout(Duration.ofSeconds(60)))
					.heartbeat((heartbeat) -> heartbeat.withMode(Mode.TEXT)
						.withSend("{\"id\":{{id}},\"ping\":1}")
						.withInterval(Duration.ofSeconds(5))
						.withTimeout(Duration.ofSeconds(2))))
			.connect();
		rig.client.convertSendAndReceive("a", null, Void.class);
		rig.advance(Duration.ofSeconds(5));
		assertThat(rig.connection().sentTexts()).hasSize(1);
		assertThat(rig.connection().pings()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"id":1,"result":{"status":"Accepted"}} | READY
			{"id":1,"result":{"status":"Rejected"}} | BACKING_OFF
			{"id":1,"error":"no"}                   | BACKING_OFF
			{"id":1,"result":{"status":"Banned"}}   | FAILED
			{"id":7,"result":{"status":"Accepted"}} | ESTABLISHING
			{"status":"Banned"}                     | ESTABLISHING
			""")
	void onlyTheReplyAnswersAStepWithAnId(String reply, ConnectionState then) {
		Step step = new Step("{\"id\":{{id}}}", "/result/status = Accepted",
				List.of(new FailOn("/result/status = Banned || /status = Banned", ReconnectAction.STOP)));
		Rig rig = rig((builder) -> builder
			.session((session) -> new SessionSettings(session.timeout(), List.of(step), List.of())));
		rig.client.connect();
		rig.connection().text(reply);
		assertThat(rig.state()).isEqualTo(then);
	}

	@Test
	void answersWithoutAReplyDoNotFillTheWindowForEver() {
		Rig rig = rig((builder) -> builder.request((request) -> request.withWindow(1))
			.session((session) -> new SessionSettings(session.timeout(), List.of(),
					List.of(new AutoReply("/ask", "{\"id\":{{id}},\"test\":1}")))))
			.connect();
		rig.connection().text("{\"ask\":1}");
		rig.client.sendAndReceive(OutboundMessage.empty().withDestination("a").withTimeToLive(Duration.ofMinutes(1)));
		assertThat(rig.connection().sentTexts()).hasSize(1);
		rig.advance(TIMEOUT);
		assertThat(rig.connection().sentTexts()).hasSize(2);
	}

	@Test
	void futuresCompleteInTheContextOfTheirSender() {
		AtomicInteger decorated = new AtomicInteger();
		Rig rig = rig((builder) -> builder.component(TaskDecorator.class, (task) -> () -> {
			decorated.incrementAndGet();
			task.run();
		})).connect();
		CompletableFuture<Integer> reply = rig.client.convertSendAndReceive("a", null, Integer.class);
		rig.connection().text("{\"id\":1,\"result\":5}");
		assertThat(reply.join()).isEqualTo(5);
		assertThat(decorated).hasValue(1);
	}

	@Test
	void uuidsAreJsonStrings() {
		Rig rig = rig((builder) -> builder.request((request) -> request.withIdType(IdType.UUID))).connect();
		rig.client.convertSendAndReceive("a", null, Void.class);
		assertThat(rig.connection().sentTexts().get(0)).matches("\\{\"id\":\"[0-9a-f-]{36}\",.*");
	}

	@Test
	void aMissingValueRejectsTheRequestWithItsName() {
		Rig rig = rig((builder) -> builder.request((request) -> request.withSend("{{id}} {{room}}"))).connect();
		WebSocketDeliveryException failure = (WebSocketDeliveryException) Rig
			.failure(rig.client.sendAndReceive(OutboundMessage.empty()));
		assertThat(failure.getReason()).isEqualTo(Reason.REJECTED);
		assertThat(failure).hasMessageContaining("{{room}}");
		rig.client.sendAndReceive(OutboundMessage.empty().withValue("room", "a"));
		assertThat(rig.connection().sentTexts()).containsExactly("2 \"a\"");
		await().until(() -> rig.client.getStatistics().getQueueSize() == 0);
	}

	@Test
	void aRequestThatWasCertainlyNotSentGoesToTheNextConnection() {
		Rig rig = rig().connect();
		rig.connection().holdWrites();
		CompletableFuture<Integer> reply = rig.client.convertSendAndReceive("a", null, Integer.class);
		rig.connection().failHeldWrite(0, 0, new IOException("reset"));
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.connection(2).sentTexts()).containsExactly("{\"id\":1,\"method\":\"a\",\"params\":[]}");
		rig.connection(2).text("{\"id\":1,\"result\":5}");
		assertThat(reply.join()).isEqualTo(5);
	}

	@Test
	void withoutRequestSendTheFutureNamesTheKey() {
		Rig rig = new Rig().connect();
		assertThat(Rig.failure(rig.client.convertSendAndReceive("a", null, Void.class)))
			.isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("request.send");
	}

	@Test
	void anEnvelopeAppliesAtMostOnceWithTheIdsOfTheConnection() {
		Rig rig = new Rig((builder) -> builder.delivery((delivery) -> delivery
			.withEnvelope("{\"n\":{{id}},\"to\":{{destination}},\"room\":{{room|0}}{{payload:members}}}"))).connect();
		rig.client.convertAndSend("a", Map.of("x", 1));
		rig.client.send(OutboundMessage.empty().withDestination("b").withId("own"));
		rig.client.send(OutboundMessage.empty().withDestination("c").withValue("room", "r"));
		assertThat(rig.connection().sentTexts()).containsExactly("{\"n\":1,\"to\":\"a\",\"room\":0,\"x\":1}",
				"{\"n\":\"own\",\"to\":\"b\",\"room\":0}", "{\"n\":2,\"to\":\"c\",\"room\":\"r\"}");
		assertThat(Rig.undelivered(rig.client.send("no object")).getReason()).isEqualTo(Reason.REJECTED);
	}

	private static Reason reason(CompletableFuture<?> request) {
		return ((WebSocketDeliveryException) Rig.failure(request)).getReason();
	}

	private static Rig rig() {
		return rig((builder) -> builder);
	}

	private static Rig rig(UnaryOperator<Builder> settings) {
		return new Rig((builder) -> settings.apply(builder.request((request) -> request.withSend(SEND)
			.withTimeout(TIMEOUT)
			.withReply("/result", "/id", "/result")
			.withError("/error", "", "/error"))));
	}

}
