package io.github.resilientws.internal.owner;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DeadLetter;
import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Two instances share the messages of a client in H2.
 */
class SharedOutboxTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final DataSource dataSource = Database.H2.create();

	private final JdbcTemplate jdbc = new JdbcTemplate(this.dataSource);

	private final TestWebSocketServer server = TestWebSocketServer.start();

	private final List<SharedInstance> instances = new ArrayList<>();

	@AfterEach
	void close() {
		// otherwise an owner waits for acknowledgements
		this.server.close();
		this.instances.forEach(SharedInstance::close);
	}

	private ResilientWebSocketClient start(String name, ConnectionState state) {
		return start(name, state, (builder) -> {
		});
	}

	private ResilientWebSocketClient start(String name, ConnectionState state,
			Consumer<ResilientWebSocketClient.Builder> settings) {
		SharedInstance instance = new SharedInstance(name, this.dataSource, this.server.url(), settings);
		this.instances.add(instance);
		instance.client().connect().join();
		await("an election takes a step").atMost(LIMIT).until(() -> instance.client().getState() == state);
		return instance.client();
	}

	private int rows(String table) {
		Integer rows = this.jdbc.queryForObject("SELECT COUNT(*) FROM RESILIENT_WS_" + table, Integer.class);
		return (rows != null) ? rows : 0;
	}

	private static Delivery get(CompletableFuture<Delivery> delivery) throws Exception {
		return delivery.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
	}

	private static WebSocketDeliveryException failureOf(CompletableFuture<Delivery> delivery) {
		await("another instance, or a timer, ends the message").atMost(LIMIT).until(delivery::isDone);
		return (WebSocketDeliveryException) delivery.handle((done, failure) -> failure).join();
	}

	private void awaitEmptyTable() {
		await("the removal is committed after the acknowledgement").atMost(LIMIT).until(() -> rows("MESSAGE") == 0);
	}

	@Test
	void theOwnerSendsItsMessagesInOrder() throws Exception {
		this.server.answerAcks();
		ResilientWebSocketClient owner = start("a", ConnectionState.READY);

		List<CompletableFuture<Delivery>> sent = IntStream.range(0, 200)
			.mapToObj((i) -> owner.send("message " + i))
			.toList();

		for (CompletableFuture<Delivery> one : sent) {
			assertThat(get(one).attempts()).isOne();
		}
		assertThat(this.server.seen().texts()).hasSize(200).allSatisfy((text) -> assertThat(text).contains("message"));
		assertThat(IntStream.range(0, 200).allMatch((i) -> this.server.seen().texts().get(i).contains("message " + i)))
			.isTrue();
		awaitEmptyTable();
	}

	@Test
	void theOwnerSendsTheMessagesOfAnotherInstance() throws Exception {
		this.server.answerAcks();
		start("a", ConnectionState.READY);
		ResilientWebSocketClient standby = start("b", ConnectionState.STANDBY);

		CompletableFuture<Delivery> sent = standby.send("hello");

		assertThat(get(sent).attempts()).isZero();
		assertThat(this.server.seen().handshakes()).extracting((handshake) -> handshake.header("X-Instance"))
			.doesNotContain("b");
		assertThat(this.server.seen().texts()).hasSize(1);
		awaitEmptyTable();
	}

	@Test
	void aMessageThatTakesLongIsLookedUpUntilItIsFinished() throws Exception {
		start("a", ConnectionState.READY, (builder) -> builder
			.delivery((delivery) -> delivery.withAckTimeout(Duration.ofMillis(300)).withMaxAttempts(100)));
		ResilientWebSocketClient standby = start("b", ConnectionState.STANDBY);
		CompletableFuture<Delivery> sent = standby.send("hello");

		await("two searches find it unfinished").pollDelay(Duration.ofMillis(2500)).until(() -> !sent.isDone());
		this.server.answerAcks();

		assertThat(get(sent)).isNotNull();
	}

	@Test
	void aMessageThatIsSentBeforeTheFirstConnectIsSentByTheOwner() throws Exception {
		this.server.answerAcks();
		SharedInstance idle = new SharedInstance("idle", this.dataSource, this.server.url(), (builder) -> {
		});
		this.instances.add(idle);
		CompletableFuture<Delivery> sent = idle.client().send("hello");
		assertThat(rows("MESSAGE")).isOne();

		start("a", ConnectionState.READY);

		assertThat(get(sent)).isNotNull();
	}

	@Test
	void anIdIsUniqueAmongAllInstances() {
		ResilientWebSocketClient owner = start("a", ConnectionState.READY);
		ResilientWebSocketClient standby = start("b", ConnectionState.STANDBY);
		owner.send(OutboundMessage.of("first").withId("x"));

		CompletableFuture<Delivery> second = standby.send(OutboundMessage.of("second").withId("x"));

		assertThat(failureOf(second).getReason()).isEqualTo(Reason.REJECTED);
		assertThat(rows("MESSAGE")).isOne();
	}

	@Test
	void anIdMayBeUsedAgainOnceItsMessageIsDelivered() throws Exception {
		this.server.answerAcks();
		ResilientWebSocketClient owner = start("a", ConnectionState.READY);

		for (int i = 0; i < 20; i++) {
			assertThat(get(owner.send(OutboundMessage.of("text").withId("x")))).isNotNull();
		}
	}

	@Test
	void anotherInstanceContinuesWhenTheOwnerStops() throws Exception {
		ResilientWebSocketClient owner = start("a", ConnectionState.READY,
				(builder) -> builder.delivery((delivery) -> delivery.withAckTimeout(Duration.ofMillis(300))));
		ResilientWebSocketClient standby = start("b", ConnectionState.STANDBY);
		CompletableFuture<Delivery> of = owner.send("of the owner");
		CompletableFuture<Delivery> sent = standby.send("of the other");
		this.server.seen().awaitTexts(2, LIMIT);

		owner.disconnect().join();
		this.server.answerAcks();

		assertThat(get(sent)).isNotNull();
		assertThat(failureOf(of)).satisfies((failure) -> {
			assertThat(failure.getReason()).isEqualTo(Reason.CLOSED);
			assertThat(failure.isStored()).isTrue();
		});
		assertThat(standby.getState()).isEqualTo(ConnectionState.READY);
		awaitEmptyTable();
	}

	@Test
	void theStopOfTheOwnerLeavesWhatWaits() {
		ResilientWebSocketClient owner = start("a", ConnectionState.READY, (builder) -> builder
			.delivery((delivery) -> delivery.withWindow(2).withAckTimeout(Duration.ofMillis(300))));
		IntStream.range(0, 10).forEach((i) -> owner.send("message " + i));
		this.server.seen().awaitTexts(2, LIMIT);
		long begun = System.nanoTime();

		owner.disconnect().join();

		assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofMillis(300).plusSeconds(2));
		assertThat(this.server.seen().texts()).hasSize(2);
		assertThat(rows("MESSAGE")).isEqualTo(10);
	}

	@Test
	void aRefusalReachesTheInstanceThatSentTheMessage() {
		this.server.on("/id").reply("{\"ack\":\"{{/id}}\"}");
		ResilientWebSocketClient owner = start("a", ConnectionState.READY);
		ResilientWebSocketClient standby = start("b", ConnectionState.STANDBY);

		CompletableFuture<Delivery> sent = standby
			.send(OutboundMessage.of("late").withTimeToLive(Duration.ofMillis(1)));

		assertThat(failureOf(sent).getReason()).isEqualTo(Reason.EXPIRED);
		assertThat(owner.getStatistics().getMessagesDropped(Reason.EXPIRED)).isOne();
		assertThat(standby.getStatistics().getMessagesDropped(Reason.EXPIRED)).isZero();
		await("the sender has fetched the failure").atMost(LIMIT).until(() -> rows("ENDED") == 0);
	}

	@Test
	void aDeadLetterIsListedAndResubmittedOnEachInstance() throws Exception {
		ResilientWebSocketClient owner = start("a", ConnectionState.READY, (builder) -> builder
			.delivery((delivery) -> delivery.withAckTimeout(Duration.ofMillis(100)).withMaxAttempts(1)));
		ResilientWebSocketClient standby = start("b", ConnectionState.STANDBY);

		CompletableFuture<Delivery> sent = standby.send(OutboundMessage.of("poison").withId("x"));

		assertThat(failureOf(sent).getReason()).isEqualTo(Reason.UNDELIVERABLE);
		assertThat(standby.getDeadLetters().list()).singleElement().satisfies((letter) -> {
			assertThat(letter.id()).isEqualTo("x");
			assertThat(letter.cause()).isEqualTo(DeadLetter.Cause.NOT_ACKNOWLEDGED);
			assertThat(letter.attempts()).isOne();
		});
		assertThat(owner.getStatistics().getDeadLetterCount()).isOne();
		assertThat(standby.getStatistics().getDeadLetterCount()).isZero();
		this.server.answerAcks();
		assertThat(get(standby.getDeadLetters().resubmit("x"))).isNotNull();
		assertThat(owner.getDeadLetters().list()).isEmpty();
	}

	@Test
	void aNewerMessageReplacesOneWithTheSameKeyThatWaits() {
		ResilientWebSocketClient owner = start("a", ConnectionState.READY,
				(builder) -> builder.delivery((delivery) -> delivery.withWindow(1)));
		ResilientWebSocketClient standby = start("b", ConnectionState.STANDBY);
		owner.send("occupies the window");
		this.server.seen().awaitTexts(1, LIMIT);
		CompletableFuture<Delivery> older = standby.send(OutboundMessage.of("older").withKey("k"));

		owner.send(OutboundMessage.of("newer").withKey("k"));

		assertThat(failureOf(older).getReason()).isEqualTo(Reason.DROPPED);
		assertThat(rows("MESSAGE")).isEqualTo(2);
	}

	@Test
	void theBoundHoldsForAllInstances() {
		Consumer<ResilientWebSocketClient.Builder> bounds = (builder) -> builder
			.queue((queue) -> queue.withCapacity(5));
		ResilientWebSocketClient owner = start("a", ConnectionState.READY, bounds);
		ResilientWebSocketClient standby = start("b", ConnectionState.STANDBY, bounds);
		IntStream.range(0, 5).forEach((i) -> owner.send("message " + i));

		await("a count is at most a second old").atMost(LIMIT).until(() -> standby.send("one more").isDone());
	}

	@Test
	void theOwnerDropsTheOldestMessages() {
		ResilientWebSocketClient owner = start("a", ConnectionState.READY,
				(builder) -> builder.delivery((delivery) -> delivery.withWindow(1))
					.queue((queue) -> queue.withCapacity(5).withOverflow(Overflow.DROP_OLDEST)));
		List<CompletableFuture<Delivery>> sent = IntStream.range(0, 10)
			.mapToObj((i) -> owner.send("message " + i))
			.toList();

		assertThat(failureOf(sent.get(1)).getReason()).isEqualTo(Reason.DROPPED);
		await("the owner counts each second").atMost(LIMIT).until(() -> rows("MESSAGE") == 5);
		assertThat(sent.get(0)).isNotDone();
		assertThat(sent.get(9)).isNotDone();
	}

	@Test
	void numbersAreUniqueAmongAllInstances() {
		Consumer<ResilientWebSocketClient.Builder> sequence = (builder) -> builder
			.delivery((delivery) -> delivery.withEnvelope("{\"id\":{{id}},\"payload\":{{payload}}}",
					io.github.resilientws.settings.DeliverySettings.IdType.SEQUENCE));
		ResilientWebSocketClient owner = start("a", ConnectionState.READY, sequence);
		ResilientWebSocketClient standby = start("b", ConnectionState.STANDBY, sequence);

		for (int i = 0; i < 10; i++) {
			owner.send("text");
			standby.send("text");
		}

		this.server.seen().awaitTexts(20, LIMIT);
		assertThat(this.jdbc.queryForList("SELECT DISTINCT MESSAGE_ID FROM RESILIENT_WS_MESSAGE", String.class))
			.hasSize(20);
	}

}
