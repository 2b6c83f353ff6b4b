package io.github.resilientws.internal.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import org.springframework.test.util.ReflectionTestUtils;

import io.github.resilientws.ClientStatistics;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DeadLetter;
import io.github.resilientws.Delivery;
import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.ClientInternals;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.test.ScriptedConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client that sends numbered messages, and a server that does anything to them.
 */
final class RandomDelivery {

	private static final Duration DELAY = Duration.ofSeconds(1);

	private static final int MAX_ATTEMPTS = 3;

	private static final int LOSSES_OF_POISON = 10;

	private final Random random;

	private final int window;

	private final Rig rig;

	/** Index is data. */
	private final List<CompletableFuture<Delivery>> sent = new ArrayList<>();

	/** How many frames the server has taken from each connection. */
	private final Map<ScriptedConnection, Integer> taken = new HashMap<>();

	private final Map<ScriptedConnection, Integer> answeredPings = new HashMap<>();

	private final List<Integer> received = new ArrayList<>();

	/** The frame of each message that was sent. */
	private final Map<Integer, String> frames = new HashMap<>();

	private final Set<Integer> acknowledged = new HashSet<>();

	private boolean silent;

	RandomDelivery(long seed) {
		// the first values of neighbouring seeds are much alike
		this.random = new Random(new SplittableRandom(seed).nextLong());
		this.window = this.random.nextBoolean() ? 1 : 1 + this.random.nextInt(20);
		this.rig = new Rig((builder) -> builder.reconnect((reconnect) -> reconnect.withBackOff(DELAY, 1, DELAY))
			.delivery((delivery) -> delivery.atLeastOnce().withMaxAttempts(MAX_ATTEMPTS).withWindow(this.window)));
		this.rig.connect();
	}

	void step() {
		switch (this.random.nextInt(14)) {
			case 0, 1, 2 -> send(1 + this.random.nextInt(5));
			case 3, 4 -> this.rig.advanceMillis(this.random.nextInt(4000));
			case 5, 6, 7 -> take(this.random.nextDouble());
			case 8 -> acknowledgeAgain();
			case 9 -> this.rig.connection().text("{\"type\":\"ack\",\"messageId\":\"unknown\"}");
			case 10 -> beSilent(this.random.nextInt(4) == 0);
			case 11 -> this.rig.connection().setWritable(this.random.nextInt(4) != 0);
			case 12 -> holdOrRelease();
			default -> {
				int times = (this.random.nextInt(10) != 0) ? 1 : LOSSES_OF_POISON + 2;
				for (int i = 0; i < times; i++) {
					lose();
					this.rig.advance(DELAY);
				}
			}
		}
		answerPings();
		assertBounded();
	}

	/** All is well from here on, until nothing is left. */
	void settle() {
		this.rig.transport.autoOpen();
		this.silent = false;
		for (int i = 0; i < 1000 && isAnyOpen(); i++) {
			this.rig.connection().setWritable(true);
			this.rig.connection().releaseWrites();
			answerPings();
			take(1);
			this.rig.advanceMillis(500);
		}
		// they complete on a lane that knows no virtual time
		await().atMost(Duration.ofSeconds(10)).until(() -> !isAnyOpen());
	}

	private boolean isAnyOpen() {
		return this.sent.stream().anyMatch((future) -> !future.isDone());
	}

	void check() {
		Set<Integer> arrived = new HashSet<>(this.received);
		List<String> dead = new ArrayList<>();
		for (int i = 0; i < this.sent.size(); i++) {
			if (!this.sent.get(i).isCompletedExceptionally()) {
				assertThat(arrived).as("delivered").contains(i);
				assertThat(this.acknowledged).as("delivered").contains(i);
				continue;
			}
			WebSocketDeliveryException failure = Rig.undelivered(this.sent.get(i));
			assertThat(failure.getReason()).as(failure.getMessage()).isEqualTo(Reason.UNDELIVERABLE);
			dead.add(failure.getMessageId());
		}
		assertThat(this.rig.observed("dead").stream().map((line) -> line.split(" ")[1])).as("events")
			.containsExactlyInAnyOrderElementsOf(dead);
		assertCopies();
		assertDeadLetters(dead);
	}

	private void assertDeadLetters(List<String> dead) {
		List<String> letters = this.rig.client.getDeadLetters().list().stream().map(DeadLetter::id).toList();
		this.frames.forEach((number, frame) -> {
			if (dead.contains(id(frame)) && !this.acknowledged.contains(number)) {
				assertThat(letters).contains(id(frame));
			}
		});
		assertThat(this.rig.client.getDeadLetters().list()).allSatisfy((letter) -> {
			assertThat(dead).contains(letter.id());
			assertThat(id((String) letter.payload())).isEqualTo(letter.id());
			assertThat(letter.payload()).isEqualTo(this.frames.get(number((String) letter.payload())));
			assertThat(letter.attempts())
				.isGreaterThanOrEqualTo((letter.cause() != DeadLetter.Cause.POISON) ? MAX_ATTEMPTS : LOSSES_OF_POISON);
		});
	}

	private void assertCopies() {
		long copies = 0;
		for (ScriptedConnection connection : this.rig.transport.connections()) {
			Set<Integer> seen = new LinkedHashSet<>();
			for (String text : connection.sentTexts()) {
				int number = number(text);
				assertThat(text).isEqualTo(this.frames.computeIfAbsent(number, (key) -> text));
				seen.add(number);
				copies++;
			}
			assertThat(List.copyOf(seen)).as("order of first transmission").isSorted();
		}
		ClientStatistics statistics = this.rig.client.getStatistics();
		assertThat(statistics.getMessagesSent()).isEqualTo(copies);
		assertThat(statistics.getInFlight()).isZero();
		assertThat(statistics.getQueueBytes()).isZero();
		Object transmitted = ClientInternals.field(ClientInternals.messages(this.rig.client).outbox(), "transmitted");
		assertThat((Map<?, ?>) ReflectionTestUtils.getField(transmitted, "byUniqueId")).as("ids").isNullOrEmpty();
	}

	private void send(int number) {
		for (int i = 0; i < number; i++) {
			String data = Integer.toString(this.sent.size());
			OutboundMessage message = OutboundMessage.text(data);
			this.sent.add(this.rig.client.send(this.random.nextBoolean() ? message : message.withId("given-" + data)));
		}
	}

	/** The server takes what was written, and acknowledges a share of it in any order. */
	private void take(double share) {
		ScriptedConnection connection = this.rig.connection();
		List<String> texts = connection.sentTexts();
		if (this.silent || this.rig.state() != ConnectionState.READY) {
			return;
		}
		List<Integer> fresh = texts.subList(this.taken.getOrDefault(connection, 0), texts.size())
			.stream()
			.peek((text) -> this.frames.putIfAbsent(number(text), text))
			.map(RandomDelivery::number)
			.collect(Collectors.toCollection(ArrayList::new));
		this.taken.put(connection, texts.size());
		this.received.addAll(fresh);
		if (this.random.nextInt(3) == 0) {
			Collections.shuffle(fresh, this.random);
		}
		fresh.stream().filter((number) -> this.random.nextDouble() < share).forEach(this::acknowledge);
	}

	private void acknowledgeAgain() {
		if (!this.received.isEmpty() && this.rig.state() == ConnectionState.READY) {
			acknowledge(this.received.get(this.random.nextInt(this.received.size())));
		}
	}

	private void acknowledge(int number) {
		this.acknowledged.add(number);
		this.rig.connection().text("{\"type\":\"ack\",\"messageId\":\"" + id(this.frames.get(number)) + "\"}");
	}

	private void answerPings() {
		ScriptedConnection connection = this.rig.connection();
		int pings = connection.pings().size();
		if (!this.silent && pings > this.answeredPings.getOrDefault(connection, 0)) {
			this.answeredPings.put(connection, pings);
			connection.pong();
		}
	}

	private void beSilent(boolean silent) {
		this.silent = silent;
	}

	private void holdOrRelease() {
		if (this.random.nextBoolean()) {
			this.rig.connection().holdWrites();
		}
		else {
			this.rig.connection().releaseWrites();
		}
	}

	private void lose() {
		if (this.random.nextInt(4) == 0) {
			this.rig.transport.failWith(new ConnectFailed(new Exception()));
		}
		else {
			this.rig.transport.autoOpen();
		}
		this.rig.connection().lose(1006);
	}

	private void assertBounded() {
		assertThat(this.rig.client.getStatistics().getInFlight()).isLessThanOrEqualTo(this.window);
		assertThat(this.rig.time.pendingTimers()).isLessThan(10);
	}

	private static String id(String frame) {
		return frame.substring("{\"id\":\"".length(), frame.indexOf("\",\"data\""));
	}

	private static int number(String frame) {
		return Integer.parseInt(frame.substring(frame.lastIndexOf(':') + 2, frame.length() - 2));
	}

}
