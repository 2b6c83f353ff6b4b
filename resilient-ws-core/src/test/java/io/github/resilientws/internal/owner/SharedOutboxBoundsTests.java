package io.github.resilientws.internal.owner;

import java.sql.Connection;
import java.sql.SQLException;
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
import org.springframework.jdbc.datasource.DelegatingDataSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.settings.DeliverySettings.IdType;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the bounds of an outbox that several instances share, and for ids, in H2.
 */
class SharedOutboxBoundsTests {

	private static final Duration LIMIT = Duration.ofSeconds(10);

	private final DataSource database = Database.H2.create();

	private final RefusingDataSource dataSource = new RefusingDataSource(this.database);

	private final JdbcTemplate jdbc = new JdbcTemplate(this.database);

	private final TestWebSocketServer server = TestWebSocketServer.start();

	private final List<SharedInstance> instances = new ArrayList<>();

	@AfterEach
	void close() {
		this.dataSource.refusing = false;
		// otherwise an owner waits for acknowledgements
		this.server.close();
		this.instances.forEach(SharedInstance::close);
	}

	private ResilientWebSocketClient start(String name, ConnectionState state,
			Consumer<ResilientWebSocketClient.Builder> settings) {
		SharedInstance instance = new SharedInstance(name, this.dataSource, this.server.url(), settings);
		this.instances.add(instance);
		instance.client().connect().join();
		await("an election takes a step").atMost(LIMIT).until(() -> instance.client().getState() == state);
		return instance.client();
	}

	private int rows() {
		Integer rows = this.jdbc.queryForObject("SELECT COUNT(*) FROM RESILIENT_WS_MESSAGE", Integer.class);
		return (rows != null) ? rows : 0;
	}

	private static Delivery get(CompletableFuture<Delivery> delivery) throws Exception {
		return delivery.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
	}

	private static WebSocketDeliveryException failureOf(CompletableFuture<Delivery> delivery) {
		await("the message ends").atMost(LIMIT).until(delivery::isDone);
		return (WebSocketDeliveryException) delivery.handle((done, failure) -> failure).join();
	}

	@Test
	void theCapacityIsNoBoundForTheMessagesPerSecondOfTheOwner() throws Exception {
		this.server.answerAcks();
		ResilientWebSocketClient owner = start("a", ConnectionState.READY,
				(builder) -> builder.queue((queue) -> queue.withCapacity(5)));

		for (int i = 0; i < 50; i++) {
			assertThat(get(owner.send("message " + i))).isNotNull();
			await("its removal is committed").atMost(LIMIT).until(() -> rows() == 0);
		}
	}

	@Test
	void theCapacityIsNoBoundForTheMessagesPerSecondOfAnotherInstance() {
		this.server.answerAcks();
		Consumer<ResilientWebSocketClient.Builder> bounds = (builder) -> builder
			.queue((queue) -> queue.withCapacity(5));
		start("a", ConnectionState.READY, bounds);
		ResilientWebSocketClient standby = start("b", ConnectionState.STANDBY, bounds);

		for (int i = 0; i < 50; i++) {
			assertThat(standby.send("message " + i)).isNotCompletedExceptionally();
			await("the owner sends it").atMost(LIMIT).until(() -> rows() == 0);
		}
	}

	@Test
	void aSenderOfAnotherInstanceWaitsForRoom() {
		Consumer<ResilientWebSocketClient.Builder> bounds = (builder) -> builder
			.delivery((delivery) -> delivery.withAckTimeout(Duration.ofMillis(300)))
			.queue((queue) -> queue.withCapacity(2)
				.withOverflow(Overflow.BLOCK)
				.withBlockTimeout(Duration.ofSeconds(10)));
		start("a", ConnectionState.READY, bounds);
		ResilientWebSocketClient standby = start("b", ConnectionState.STANDBY, bounds);
		standby.send("first");
		standby.send("second");

		CompletableFuture<Delivery> third = CompletableFuture.supplyAsync(() -> standby.send("third"))
			.thenCompose((sent) -> sent);
		this.server.seen().awaitTexts(2, LIMIT);
		this.server.answerAcks();

		assertThat(third).succeedsWithin(LIMIT);
	}

	@Test
	void theOwnerDropsTheOldestMessagesOfABacklogThatItHasNotRead() {
		ResilientWebSocketClient owner = start("a", ConnectionState.READY,
				(builder) -> builder.delivery((delivery) -> delivery.withWindow(1))
					.queue((queue) -> queue.withCapacity(1100).withOverflow(Overflow.DROP_OLDEST)));

		IntStream.range(0, 1300).forEach((i) -> owner.send("message " + i));

		await("the owner counts each second").atMost(LIMIT).until(() -> rows() == 1100);
	}

	@Test
	void theOwnerReadsOnWhenMessagesHaveLeft() throws Exception {
		this.server.answerAcks();
		ResilientWebSocketClient owner = start("a", ConnectionState.READY, (builder) -> {
		});

		List<CompletableFuture<Delivery>> sent = IntStream.range(0, 2500)
			.mapToObj((i) -> owner.send("message " + i))
			.toList();

		for (CompletableFuture<Delivery> one : sent) {
			assertThat(get(one)).isNotNull();
		}
	}

	@Test
	void aRemovalMakesRoomInTheWindow() throws Exception {
		ResilientWebSocketClient owner = start("a", ConnectionState.READY,
				(builder) -> builder.delivery((delivery) -> delivery.withWindow(1)));
		List<CompletableFuture<Delivery>> sent = IntStream.range(0, 10)
			.mapToObj((i) -> owner.send("message " + i))
			.toList();
		this.server.seen().awaitTexts(1, LIMIT);

		this.server.answerAcks();
		owner.reconnect().join();

		for (CompletableFuture<Delivery> one : sent) {
			assertThat(get(one)).isNotNull();
		}
	}

	@Test
	void aMessageIsSentAfterAVolatileOneWithItsId() throws Exception {
		ResilientWebSocketClient owner = start("a", ConnectionState.READY,
				(builder) -> builder.delivery((delivery) -> delivery.withWindow(1)));
		owner.send("occupies the window");
		this.server.seen().awaitTexts(1, LIMIT);
		CompletableFuture<Delivery> other = owner.send(OutboundMessage.of("volatile").withId("x").asVolatile());
		CompletableFuture<Delivery> sent = owner.send(OutboundMessage.of("text").withId("x"));
		await("it is stored").atMost(LIMIT).until(() -> rows() == 2);
		assertThat(other).isNotDone();

		this.server.answerAcks();
		owner.reconnect().join();

		assertThat(get(sent)).isNotNull();
	}

	@Test
	void aMessageThatGetsNoNumberOnStandbyIsRejected() {
		Consumer<ResilientWebSocketClient.Builder> sequence = (builder) -> builder
			.delivery((delivery) -> delivery.withEnvelope("{\"id\":{{id}},\"payload\":{{payload}}}", IdType.SEQUENCE));
		start("a", ConnectionState.READY, sequence);
		ResilientWebSocketClient standby = start("b", ConnectionState.STANDBY, sequence);
		this.dataSource.refusing = true;

		CompletableFuture<Delivery> sent = standby.send("text");

		assertThat(failureOf(sent)).satisfies((failure) -> {
			assertThat(failure.getReason()).isEqualTo(Reason.REJECTED);
			assertThat(failure).hasMessageContaining("cannot be stored");
		});
	}

	/** A database that may have no connections. */
	private static final class RefusingDataSource extends DelegatingDataSource {

		private volatile boolean refusing;

		private RefusingDataSource(DataSource target) {
			super(target);
		}

		@Override
		public Connection getConnection() throws SQLException {
			if (this.refusing) {
				throw new SQLException("Connection refused", "08001");
			}
			return super.getConnection();
		}

	}

}
