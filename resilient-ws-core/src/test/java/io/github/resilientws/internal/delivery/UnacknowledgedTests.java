package io.github.resilientws.internal.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.Delivery;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.test.ScriptedConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A server that acknowledges no message, or only unknown ones: the memory of the client
 * is bounded.
 */
class UnacknowledgedTests {

	private static final int CAPACITY = 200;

	private static final int WINDOW = 64;

	private static final int DEAD_LETTERS = 1000;

	private int answered;

	@Test
	@Timeout(60)
	void anHourWithoutAcknowledgementsFillsWhatIsBoundedAndNothingElse() {
		Rig rig = new Rig((builder) -> builder.delivery((delivery) -> delivery.atLeastOnce())
			.queue((queue) -> queue.withBounds(CAPACITY, 0))).connect();
		List<CompletableFuture<Delivery>> sent = new ArrayList<>();
		int timers = 0;

		for (int second = 0; second < 3600; second++) {
			for (int i = 0; i < 5; i++) {
				sent.add(rig.client.send("message " + sent.size()));
			}
			rig.advance(Duration.ofSeconds(1));
			answerPings(rig.connection());
			// an hour of virtual time must not overtake the threads that notify
			rig.settle();
			// those whose futures are just being completed count, too
			assertThat(rig.client.getStatistics().getQueueSize()).isLessThanOrEqualTo(2 * CAPACITY);
			assertThat(rig.client.getStatistics().getInFlight()).isLessThanOrEqualTo(WINDOW);
			assertThat(rig.client.getStatistics().getDeadLetterCount()).isLessThanOrEqualTo(DEAD_LETTERS);
			timers = Math.max(timers, rig.time.pendingTimers());
		}

		assertThat(rig.attempts()).as("connections").isOne();
		assertThat(timers).isLessThan(10);
		assertThat(rig.client.getDeadLetters().list()).hasSize(DEAD_LETTERS).allSatisfy((letter) -> {
			assertThat(letter.cause()).isEqualTo(DeadLetter.Cause.NOT_ACKNOWLEDGED);
			assertThat(letter.attempts()).isEqualTo(3);
		});
		assertThat(rig.client.getStatistics().getDeadLetterCount()).isEqualTo(DEAD_LETTERS);
		assertEachIsAccountedFor(rig, sent);
	}

	private static void assertEachIsAccountedFor(Rig rig, List<CompletableFuture<Delivery>> sent) {
		await().atMost(Duration.ofSeconds(10)).until(() -> rig.client.getStatistics().getQueueSize() <= CAPACITY);
		Map<Reason, List<WebSocketDeliveryException>> failures = sent.stream()
			.filter(CompletableFuture::isDone)
			.map((future) -> (WebSocketDeliveryException) future.handle((delivery, failure) -> failure).join())
			.collect(Collectors.groupingBy(WebSocketDeliveryException::getReason));
		List<String> dead = failures.get(Reason.UNDELIVERABLE)
			.stream()
			.map(WebSocketDeliveryException::getMessageId)
			.toList();
		int rejected = failures.getOrDefault(Reason.REJECTED, List.of()).size();
		assertThat(dead).hasSizeGreaterThan(5 * DEAD_LETTERS);
		assertThat(dead.size() + rejected + rig.client.getStatistics().getQueueSize()).isEqualTo(sent.size());
		assertThat(rig.observed("dead"))
			.isEqualTo(dead.stream().map((id) -> "dead " + id + " 3 NOT_ACKNOWLEDGED").toList());
		assertThat(rig.client.getDeadLetters().list()).extracting(DeadLetter::id)
			.isEqualTo(dead.subList(dead.size() - DEAD_LETTERS, dead.size()));
	}

	@Test
	@Timeout(60)
	void acknowledgementsOfUnknownMessagesLeaveNothingBehind() {
		Rig rig = new Rig((builder) -> builder.delivery((delivery) -> delivery.atLeastOnce())).connect();
		CompletableFuture<Delivery> sent = rig.client.send("message");
		int timers = rig.time.pendingTimers();

		for (int i = 0; i < 200_000; i++) {
			rig.connection().text("{\"type\":\"ack\",\"messageId\":\"unknown-" + i + "\"}");
		}

		assertThat(sent).isNotDone();
		assertThat(rig.time.pendingTimers()).isEqualTo(timers);
		assertThat(rig.client.getStatistics().getInFlight()).isOne();
		assertThat(rig.client.getStatistics().getQueueSize()).isOne();
		assertThat(rig.client.getStatistics().getInboundQueueSize()).isZero();
		assertThat(rig.client.getStatistics().getMessagesReceived()).isZero();
		assertThat(rig.client.getDeadLetters().list()).isEmpty();
		assertThat(rig.received).isEmpty();
	}

	private void answerPings(ScriptedConnection connection) {
		if (connection.pings().size() > this.answered) {
			this.answered = connection.pings().size();
			connection.pong();
		}
	}

}
