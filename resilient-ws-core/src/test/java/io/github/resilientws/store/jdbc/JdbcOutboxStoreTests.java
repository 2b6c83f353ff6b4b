package io.github.resilientws.store.jdbc;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.springframework.jdbc.datasource.IsolationLevelDataSourceAdapter;

import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;
import io.github.resilientws.store.MessagePosition;
import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.SharedOutboxStore.Backlog;
import io.github.resilientws.store.UndecidedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link JdbcOutboxStore} whose database works.
 */
class JdbcOutboxStoreTests {

	@ParameterizedTest
	@Databases
	void positionsAscendInTheOrderOfTheMessages(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			long[] positions = fixture.open()
				.append(StoreFixture.messages("b", "a", "c"))
				.orTimeout(20, TimeUnit.SECONDS)
				.join();
			assertThat(positions).hasSize(3).isSorted().doesNotHaveDuplicates();
			assertThat(fixture.ids()).containsExactly("b", "a", "c");
		}
	}

	@ParameterizedTest
	@Databases
	void unfinishedMessageWithTheSameIdGivesPositionZero(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore other = fixture.open();
			StoreFixture.append(other, "a");
			assertThat(fixture.open().append(StoreFixture.messages("a", "b"))).succeedsWithin(StoreFixture.SOON)
				.satisfies((positions) -> {
					assertThat(positions[0]).isZero();
					assertThat(positions[1]).isPositive();
				});
		}
	}

	@ParameterizedTest
	@Databases
	void sameIdTwiceInOneWriteIsKeptOnce(Database database) throws Exception {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			FaultyDataSource.Gate gate = fixture.dataSource.hold("INSERT INTO RESILIENT_WS_MESSAGE");
			CompletableFuture<long[]> running = store.append(StoreFixture.messages("x"));
			gate.reached().await();
			CompletableFuture<long[]> first = store.append(StoreFixture.messages("a"));
			CompletableFuture<long[]> second = store.append(StoreFixture.messages("a"));
			gate.open().countDown();
			assertThat(CompletableFuture.allOf(running, first, second)).succeedsWithin(StoreFixture.SOON);
			assertThat(first.join()[0]).isPositive();
			assertThat(second.join()[0]).isZero();
		}
	}

	@ParameterizedTest
	@Databases
	void appendsThatWaitAreWrittenTogether(Database database) throws Exception {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			FaultyDataSource.Gate gate = fixture.dataSource.hold("INSERT INTO RESILIENT_WS_MESSAGE");
			List<CompletableFuture<long[]>> futures = new ArrayList<>();
			futures.add(store.append(StoreFixture.messages("first")));
			gate.reached().await();
			IntStream.range(0, 100).forEach((i) -> futures.add(store.append(StoreFixture.messages("m" + i))));
			gate.open().countDown();
			assertThat(CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)))
				.succeedsWithin(StoreFixture.SOON);
			assertThat(fixture.operations).containsExactly("chat append true", "chat append true");
		}
	}

	@ParameterizedTest
	@Databases
	void removedMessagesAreDeletedWhoeverAppendedThem(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			MessagePosition first = StoreFixture.append(fixture.open(), "a");
			JdbcOutboxStore other = fixture.open();
			StoreFixture.append(other, "b");
			assertThat(other.remove(List.of(first))).succeedsWithin(StoreFixture.SOON);
			assertThat(fixture.ids()).containsExactly("b");
		}
	}

	@ParameterizedTest
	@Databases
	void manyMessagesAreRemovedByOneCall(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			String[] ids = IntStream.range(0, 2500).mapToObj((i) -> "m" + i).toArray(String[]::new);
			long[] positions = store.append(StoreFixture.messages(ids)).orTimeout(20, TimeUnit.SECONDS).join();
			List<MessagePosition> all = IntStream.range(0, ids.length)
				.mapToObj((i) -> new MessagePosition(positions[i], ids[i]))
				.toList();
			assertThat(store.remove(all)).succeedsWithin(StoreFixture.SOON);
			assertThat(fixture.ids()).isEmpty();
		}
	}

	@ParameterizedTest
	@Databases
	void idCanBeSentAgainWhileItsRemovalWaits(Database database) throws Exception {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			MessagePosition first = StoreFixture.append(store, "a");
			FaultyDataSource.Gate gate = fixture.dataSource.hold("INSERT INTO RESILIENT_WS_MESSAGE");
			store.append(StoreFixture.messages("x"));
			gate.reached().await();
			store.remove(List.of(first));
			CompletableFuture<long[]> second = store.append(StoreFixture.messages("a"));
			gate.open().countDown();
			assertThat(second).succeedsWithin(StoreFixture.SOON)
				.satisfies((positions) -> assertThat(positions[0]).isPositive());
			assertThat(fixture.ids()).containsExactly("x", "a");
		}
	}

	@ParameterizedTest
	@Databases
	void countStopsAtItsBound(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			store.append(StoreFixture.messages("a", "b", "c"));
			assertThat(store.count(100)).succeedsWithin(StoreFixture.SOON)
				.isEqualTo(new Backlog(3, 3 * "payload of a".length()));
			assertThat(store.count(2)).succeedsWithin(StoreFixture.SOON)
				.isEqualTo(new Backlog(2, 2 * "payload of a".length()));
		}
	}

	@ParameterizedTest
	@Databases
	void idsAreReservedOnceForAllStores(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open("new");
			assertThat(store.reserveIds(5, 1000)).succeedsWithin(StoreFixture.SOON).isEqualTo(5L);
			assertThat(fixture.open("new").reserveIds(0, 1000)).succeedsWithin(StoreFixture.SOON).isEqualTo(1005L);
			assertThat(store.reserveIds(5000, 1000)).succeedsWithin(StoreFixture.SOON).isEqualTo(5000L);
		}
	}

	@ParameterizedTest
	@Databases
	void tooLongIdOrKeyIsRefusedBeforeTheDatabaseIsUsed(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			int requested = fixture.dataSource.requested;
			assertThat(store.append(StoreFixture.messages("x".repeat(201)))).isCompletedExceptionally()
				.failsWithin(Duration.ZERO)
				.withThrowableThat()
				.withCauseInstanceOf(IOException.class)
				.withMessageContaining("its id has 201 characters; at most 200");
			OutboxRecord key = new OutboxRecord("a", "k\0", true, new byte[1], 1, 0, 0, null);
			assertThat(store.append(List.of(key))).failsWithin(Duration.ZERO)
				.withThrowableThat()
				.withMessageContaining("its key has the character U+0000 at index 1");
			assertThat(fixture.dataSource.requested).isEqualTo(requested);
		}
	}

	@ParameterizedTest
	@Databases
	void connectionsOfAnotherIsolationLevelAreRestored(Database database) throws Exception {
		IsolationLevelDataSourceAdapter other = new IsolationLevelDataSourceAdapter();
		other.setTargetDataSource(database.create());
		other.setIsolationLevelName("ISOLATION_SERIALIZABLE");
		List<Integer> levels = new ArrayList<>();
		IsolationRecorder recorder = new IsolationRecorder(other, levels);
		try (StoreFixture fixture = new StoreFixture(recorder)) {
			levels.clear();
			StoreFixture.append(fixture.open(), "a");
		}
		assertThat(levels).startsWith(2, 8).contains(2, 8);
		assertThat(levels.size() % 2).isZero();
	}

	@ParameterizedTest
	@Databases
	void waitingRequestsAreDoneBeforeTheStoreIsClosed(Database database) throws Exception {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			CompletableFuture<long[]> appended = store.append(StoreFixture.messages("a"));
			store.close(StoreFixture.SOON);
			assertThat(appended).isCompleted();
			assertThat(fixture.ids()).containsExactly("a");
		}
	}

	@ParameterizedTest
	@Databases
	void closedStoreRefusesRequests(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			store.close(StoreFixture.SOON);
			assertThat(List.of(store.append(StoreFixture.messages("a")), store.remove(List.of()), store.count(1),
					store.find(List.of()), store.reserveIds(1, 1)))
				.allSatisfy((future) -> assertThat(future).failsWithin(Duration.ZERO)
					.withThrowableThat()
					.withMessageContaining("the store is closed"));
		}
	}

	@ParameterizedTest
	@Databases
	void runningAppendIsUndecidedWhenTheStoreIsClosed(Database database) throws Exception {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			FaultyDataSource.Gate gate = fixture.dataSource.hold("INSERT INTO RESILIENT_WS_MESSAGE");
			CompletableFuture<long[]> running = store.append(StoreFixture.messages("a"));
			gate.reached().await();
			CompletableFuture<long[]> waiting = store.append(StoreFixture.messages("b"));
			store.close(Duration.ofMillis(1));
			assertThat(running).failsWithin(Duration.ZERO)
				.withThrowableThat()
				.withCauseInstanceOf(UndecidedException.class)
				.withMessageContaining("it is not known whether the message is stored");
			assertThat(waiting).failsWithin(Duration.ZERO)
				.withThrowableThat()
				.withCauseExactlyInstanceOf(IOException.class);
			gate.open().countDown();
			await("the running statement ends").until(() -> fixture.ids().contains("a"));
			assertThat(fixture.ids()).doesNotContain("b");
		}
	}

	@Test
	@Tag("stress")
	void idleStoresHaveNoThread() {
		try (StoreFixture fixture = new StoreFixture(Database.H2)) {
			StoreFixture.append(fixture.open(), "a");
			await("threads end after 10 s without work").atMost(StoreFixture.SOON).until(() -> threads() == 0);
		}
	}

	private static long threads() {
		return Arrays.stream(Thread.getAllStackTraces().keySet().toArray(Thread[]::new))
			.filter((thread) -> thread.getName().matches("resilient-ws-store-\\d+"))
			.count();
	}

}
