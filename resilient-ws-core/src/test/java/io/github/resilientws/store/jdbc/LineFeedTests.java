package io.github.resilientws.store.jdbc;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.junit.jupiter.params.ParameterizedTest;

import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.cluster.Ownership;
import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;
import io.github.resilientws.store.MessageFailure;
import io.github.resilientws.store.MessagePosition;
import io.github.resilientws.store.OutboxFeed;
import io.github.resilientws.store.OutboxFeed.StoredMessage;
import io.github.resilientws.store.OutboxRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the feed of the owner of a line.
 */
class LineFeedTests {

	private final StoreFixture.Received received = new StoreFixture.Received();

	@ParameterizedTest
	@Databases
	void ownerReadsMessagesOfAllStoresInTheOrderOfTheirPositions(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore owner = fixture.open();
			JdbcOutboxStore other = fixture.open();
			StoreFixture.append(owner, "a");
			StoreFixture.append(other, "b");
			owner.own(fixture.takeLine(1), this.received).request(100);
			StoreFixture.append(other, "c");
			StoreFixture.append(owner, "d");
			StoreFixture.append(other, "e");
			awaitIds("a", "b", "c", "d", "e");
			assertThat(this.received.messages).extracting(StoredMessage::own)
				.containsExactly(true, false, false, true, false);
		}
	}

	@ParameterizedTest
	@Databases
	void messagesAreReadOnceWhileTheyComeAndGo(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore owner = fixture.open();
			JdbcOutboxStore other = fixture.open();
			owner.own(fixture.takeLine(1), this.received).request(1000);
			List<String> expected = new ArrayList<>();
			for (int i = 0; i < 12; i++) {
				MessagePosition position = StoreFixture.append((i % 2 == 0) ? owner : other, "m" + i);
				expected.add("m" + i);
				await("it is read before it is removed").until(() -> this.received.ids().contains(position.id()));
				owner.remove(List.of(position));
			}
			await("all are removed").until(() -> fixture.ids().isEmpty());
			assertThat(this.received.ids()).containsExactlyElementsOf(expected);
		}
	}

	@ParameterizedTest
	@Databases
	void recordsComeBackAsTheyWereSent(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			OutboxRecord sent = new OutboxRecord("a", "key", false, new byte[] { 0, -1 }, System.currentTimeMillis(),
					System.currentTimeMillis() + 60_000, 0, null);
			fixture.open().append(List.of(sent));
			fixture.open().own(fixture.takeLine(1), this.received).request(1);
			awaitIds("a");
			OutboxRecord read = this.received.messages.get(0).message();
			assertThat(read.payload()).isEqualTo(sent.payload());
			assertThat(read).extracting(OutboxRecord::key, OutboxRecord::text, OutboxRecord::death)
				.containsExactly("key", false, null);
			// the clock is measured to some milliseconds
			assertThat(Math.abs(read.acceptedMillis() - sent.acceptedMillis())).isLessThan(1000);
			assertThat(Math.abs(read.expiresMillis() - sent.expiresMillis())).isLessThan(1000);
		}
	}

	@ParameterizedTest
	@Databases
	void timesAreThoseOfTheClockOfTheClient(Database database) {
		InstantSource ahead = () -> Instant.now().plus(Duration.ofHours(1));
		try (StoreFixture fixture = new StoreFixture(database)) {
			OutboxRecord sent = new OutboxRecord("a", null, true, new byte[] { 1 }, ahead.millis(),
					ahead.millis() + 60_000, 0, null);
			fixture.open("chat", StoreFixture.SOON, ahead).append(List.of(sent)).join();
			fixture.open().own(fixture.takeLine(1), this.received).request(1);
			awaitIds("a");
			long expires = this.received.messages.get(0).message().expiresMillis();
			assertThat(expires - System.currentTimeMillis()).isBetween(50_000L, 61_000L);
		}
	}

	@ParameterizedTest
	@Databases
	void readsAsManyMessagesAsWereRequested(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore other = fixture.open();
			StoreFixture.append(other, "a");
			StoreFixture.append(other, "b");
			StoreFixture.append(other, "c");
			JdbcOutboxStore owner = fixture.open();
			OutboxFeed feed = owner.own(fixture.takeLine(1), this.received);
			feed.request(2);
			awaitIds("a", "b");
			assertThat(owner.count(10)).succeedsWithin(StoreFixture.SOON);
			assertThat(this.received.ids()).containsExactly("a", "b");
			feed.request(5);
			awaitIds("a", "b", "c");
		}
	}

	@ParameterizedTest
	@Databases
	void ownMessagesThatWaitForDemandAreReadFromTheTable(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore owner = fixture.open();
			OutboxFeed feed = owner.own(fixture.takeLine(1), this.received);
			feed.request(1);
			StoreFixture.append(owner, "first");
			awaitIds("first");
			List<String> ids = IntStream.range(0, 3000).mapToObj((i) -> "m" + i).toList();
			for (int from = 0; from < ids.size(); from += 500) {
				owner.append(StoreFixture.messages(ids.subList(from, from + 500).toArray(String[]::new)));
			}
			feed.request(10_000);
			await("all are read").atMost(StoreFixture.SOON).until(() -> this.received.messages.size() > 3000);
			assertThat(this.received.ids().subList(1, 3001)).isEqualTo(ids);
		}
	}

	@ParameterizedTest
	@Databases
	void onlyMessagesFromBeforeTheTakeOverArePerhapsSent(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore other = fixture.open();
			StoreFixture.append(other, "a");
			StoreFixture.append(other, "b");
			JdbcOutboxStore owner = fixture.open();
			owner.own(fixture.takeLine(1), this.received).request(10);
			awaitIds("a", "b");
			StoreFixture.append(other, "c");
			StoreFixture.append(owner, "d");
			awaitIds("a", "b", "c", "d");
			assertThat(this.received.messages).extracting(StoredMessage::perhapsSent)
				.containsExactly(true, true, false, false);
		}
	}

	@ParameterizedTest
	@Databases
	void newOwnershipReadsUnfinishedMessagesAgain(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore owner = fixture.open();
			OutboxFeed first = owner.own(fixture.takeLine(1), this.received);
			first.request(10);
			StoreFixture.append(owner, "a");
			StoreFixture.append(owner, "b");
			awaitIds("a", "b");
			first.close();
			owner.own(fixture.takeLine(2), this.received).request(10);
			awaitIds("a", "b", "a", "b");
		}
	}

	@ParameterizedTest
	@Databases
	void removalsOfAClosedFeedAreDone(Database database) throws Exception {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore owner = fixture.open();
			OutboxFeed feed = owner.own(fixture.takeLine(1), this.received);
			feed.request(10);
			MessagePosition position = StoreFixture.append(owner, "a");
			awaitIds("a");
			FaultyDataSource.Gate gate = fixture.dataSource.hold("INSERT INTO RESILIENT_WS_MESSAGE");
			owner.append(StoreFixture.messages("b"));
			gate.reached().await();
			owner.remove(List.of(position));
			feed.close();
			gate.open().countDown();
			await("the removal is done").until(() -> fixture.ids().equals(List.of("b")));
		}
	}

	@ParameterizedTest
	@Databases
	void committedTransactionsAreReadWithTheirPayloads(Database database) throws Exception {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore owner = fixture.open();
			owner.own(fixture.takeLine(1), this.received).request(10);
			StoreFixture.append(owner, "first");
			awaitIds("first");
			OutboxRecord told = StoreFixture.message("told");
			owner.committed(Map.of(told, insert(fixture, owner, told)));
			insert(fixture, owner, StoreFixture.message("silent"));
			awaitIds("first", "told", "silent");
			assertThat(this.received.messages)
				.extracting((stored) -> new String(stored.message().payload()), StoredMessage::own)
				.containsExactly(tuple("payload of first", true), tuple("payload of told", true),
						tuple("payload of silent", true));
		}
	}

	private static long insert(StoreFixture fixture, JdbcOutboxStore store, OutboxRecord message) throws Exception {
		try (Connection connection = fixture.dataSource.getConnection()) {
			connection.setAutoCommit(false);
			long position = store.rows().insert(connection, List.of(message)).get(message.id());
			connection.commit();
			return position;
		}
	}

	@ParameterizedTest
	@Databases
	void messagesOfALaterFormatRemainAndAreCounted(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore other = fixture.open();
			StoreFixture.append(other, "a");
			StoreFixture.append(other, "b");
			fixture.jdbc.update("UPDATE RESILIENT_WS_MESSAGE SET FORMAT = 2 WHERE MESSAGE_ID = 'a'");
			JdbcOutboxStore owner = fixture.open();
			OutboxFeed feed = owner.own(fixture.takeLine(1), this.received);
			feed.request(10);
			awaitIds("b");
			assertThat(owner.getUnread()).isOne();
			assertThat(fixture.ids()).containsExactly("a", "b");
			feed.close();
			assertThat(owner.getUnread()).isZero();
		}
	}

	@ParameterizedTest
	@Databases
	void failureOfTheReceiverDoesNotStopTheFeed(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore owner = fixture.open();
			owner.own(fixture.takeLine(1), (messages) -> {
				this.received.accept(messages);
				throw new IllegalStateException("broken receiver");
			}).request(10);
			StoreFixture.append(owner, "a");
			awaitIds("a");
			StoreFixture.append(owner, "b");
			awaitIds("a", "b");
			assertThat(owner.getProblem()).isNull();
		}
	}

	@ParameterizedTest
	@Databases
	void messagesThatCannotBeReadDoNotCountAsRequested(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore other = fixture.open();
			StoreFixture.append(other, "later format 1");
			StoreFixture.append(other, "later format 2");
			fixture.jdbc.update("UPDATE RESILIENT_WS_MESSAGE SET FORMAT = 2");
			StoreFixture.append(other, "a");
			fixture.open().own(fixture.takeLine(1), this.received).request(1);
			awaitIds("a");
		}
	}

	@ParameterizedTest
	@Databases
	void messageWithThePositionAndTheIdOfAnEndedOneIsRead(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			MessagePosition position = StoreFixture.append(fixture.open(), "a");
			fixture.jdbc.execute("CREATE TABLE BACKUP AS SELECT * FROM RESILIENT_WS_MESSAGE");
			JdbcOutboxStore owner = fixture.open();
			Ownership ownership = fixture.takeLine(1);
			owner.own(ownership, this.received).request(10);
			awaitIds("a");
			assertThat(owner.end(position, new MessageFailure(Reason.EXPIRED, null, "too old", 0), ownership))
				.succeedsWithin(StoreFixture.SOON)
				.isEqualTo(true);
			fixture.jdbc.execute("INSERT INTO RESILIENT_WS_MESSAGE SELECT * FROM BACKUP");
			awaitIds("a", "a");
		}
	}

	private void awaitIds(String... ids) {
		await("the feed looks").atMost(StoreFixture.SOON)
			.untilAsserted(() -> assertThat(this.received.ids()).containsExactly(ids));
	}

}
