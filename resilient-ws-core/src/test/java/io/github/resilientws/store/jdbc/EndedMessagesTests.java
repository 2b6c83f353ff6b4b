package io.github.resilientws.store.jdbc;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.params.ParameterizedTest;

import io.github.resilientws.DeadLetter.Cause;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.cluster.Ownership;
import io.github.resilientws.internal.jdbc.Database;
import io.github.resilientws.internal.jdbc.Databases;
import io.github.resilientws.store.MessageFailure;
import io.github.resilientws.store.MessagePosition;
import io.github.resilientws.store.MessageProgress;
import io.github.resilientws.store.OutboxRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * Tests for messages that were not delivered.
 */
class EndedMessagesTests {

	private static final MessageFailure EXPIRED = new MessageFailure(Reason.EXPIRED, null, "too old", 2);

	private static final MessageFailure DEAD = new MessageFailure(Reason.UNDELIVERABLE, Cause.POISON, "ten times", 10);

	@ParameterizedTest
	@Databases
	void failureIsKeptForTheStoreThatAppendedTheMessage(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore sender = fixture.open();
			MessagePosition position = StoreFixture.append(sender, "a");
			assertThat(fixture.open().end(position, EXPIRED, fixture.takeLine(7))).succeedsWithin(StoreFixture.SOON)
				.isEqualTo(true);
			assertThat(fixture.ids()).isEmpty();
			assertThat(sender.find(List.of("a"))).succeedsWithin(StoreFixture.SOON)
				.isEqualTo(new MessageProgress(Set.of(), Map.of("a", EXPIRED)));
			assertThat(fixture.ended()).isEmpty();
		}
	}

	@ParameterizedTest
	@Databases
	void failureOfAnOwnMessageIsNotKept(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			MessagePosition position = StoreFixture.append(store, "a");
			assertThat(store.end(position, EXPIRED, fixture.takeLine(7))).succeedsWithin(StoreFixture.SOON)
				.isEqualTo(true);
			assertThat(fixture.ended()).isEmpty();
		}
	}

	@ParameterizedTest
	@Databases
	void formerOwnerEndsNothing(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			MessagePosition position = StoreFixture.append(store, "a");
			Ownership former = fixture.takeLine(7);
			fixture.takeLine(8);
			assertThat(store.end(position, DEAD, former)).succeedsWithin(StoreFixture.SOON).isEqualTo(false);
			assertThat(fixture.ids()).containsExactly("a");
			assertThat(fixture.ended()).isEmpty();
		}
	}

	@ParameterizedTest
	@Databases
	void eachEndCountsWithItsOwnership(Database database) throws Exception {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			MessagePosition first = StoreFixture.append(store, "a");
			MessagePosition second = StoreFixture.append(store, "b");
			Ownership former = fixture.takeLine(7);
			Ownership present = fixture.takeLine(8);
			FaultyDataSource.Gate gate = fixture.dataSource.hold("INSERT INTO RESILIENT_WS_MESSAGE");
			store.append(StoreFixture.messages("c"));
			gate.reached().await();
			CompletableFuture<Boolean> late = store.end(first, EXPIRED, former);
			CompletableFuture<Boolean> valid = store.end(second, EXPIRED, present);
			gate.open().countDown();
			assertThat(late).succeedsWithin(StoreFixture.SOON).isEqualTo(false);
			assertThat(valid).succeedsWithin(StoreFixture.SOON).isEqualTo(true);
		}
	}

	@ParameterizedTest
	@Databases
	void messageThatDoesNotExistIsNotEnded(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			MessagePosition position = StoreFixture.append(store, "a");
			Ownership ownership = fixture.takeLine(7);
			MessagePosition other = new MessagePosition(position.position(), "b");
			assertThat(store.end(other, DEAD, ownership)).succeedsWithin(StoreFixture.SOON).isEqualTo(false);
			assertThat(fixture.ids()).containsExactly("a");
		}
	}

	@ParameterizedTest
	@Databases
	void allStoresReadADeadLetterWithItsMessage(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore sender = fixture.open();
			StoreFixture.append(sender, "x");
			MessagePosition position = StoreFixture.append(sender, "a");
			assertThat(sender.end(position, DEAD, fixture.takeLine(7))).succeedsWithin(StoreFixture.SOON)
				.isEqualTo(true);
			OutboxRecord dead = fixture.open().deadLetters().join().get(0);
			assertThat(dead.id()).isEqualTo("a");
			assertThat(dead.text()).isTrue();
			assertThat(dead.payload()).isEqualTo("payload of a".getBytes());
			assertThat(dead.attempts()).isEqualTo(10);
			assertThat(dead.death().cause()).isEqualTo(Cause.POISON);
			assertThat(Duration.between(dead.death().since(), Instant.now()).toMillis()).isCloseTo(0, within(10_000L));
		}
	}

	@ParameterizedTest
	@Databases
	void deadLetterThatWasFoundRemains(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore sender = fixture.open();
			fixture.open().end(StoreFixture.append(sender, "a"), DEAD, fixture.takeLine(7)).join();
			assertThat(sender.find(List.of("a")).join().failed()).isEqualTo(Map.of("a", DEAD));
			assertThat(fixture.ended()).containsExactly("a");
		}
	}

	@ParameterizedTest
	@Databases
	void earlierDeadLetterWithTheIdOfADeliveredMessageIsNotFound(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore sender = fixture.open();
			fixture.open().end(StoreFixture.append(sender, "a"), DEAD, fixture.takeLine(7)).join();
			assertThat(sender.find(List.of("a")).join().failed()).isEqualTo(Map.of("a", DEAD));
			sender.remove(List.of(StoreFixture.append(sender, "a"))).join();
			assertThat(sender.find(List.of("a")).join().failed()).isEmpty();
			assertThat(fixture.ended()).containsExactly("a");
		}
	}

	@ParameterizedTest
	@Databases
	void earlierDeadLetterThatThisStoreEndedIsNotFound(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore sender = fixture.open();
			sender.end(StoreFixture.append(sender, "a"), DEAD, fixture.takeLine(7)).join();
			sender.remove(List.of(StoreFixture.append(sender, "a"))).join();
			assertThat(sender.find(List.of("a")).join().failed()).isEmpty();
		}
	}

	@ParameterizedTest
	@Databases
	void secondDeadLetterWithTheSameIdIsFound(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore sender = fixture.open();
			JdbcOutboxStore owner = fixture.open();
			Ownership ownership = fixture.takeLine(7);
			owner.end(StoreFixture.append(sender, "a"), DEAD, ownership).join();
			sender.find(List.of("a")).join();
			long ended = System.currentTimeMillis();
			await("times of dead letters have milliseconds").until(() -> System.currentTimeMillis() > ended + 1);
			owner.end(StoreFixture.append(sender, "a"), DEAD, ownership).join();
			assertThat(sender.find(List.of("a")).join().failed()).isEqualTo(Map.of("a", DEAD));
		}
	}

	@ParameterizedTest
	@Databases
	void failureOfAnotherStoreIsNotFound(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore sender = fixture.open();
			JdbcOutboxStore other = fixture.open();
			other.end(StoreFixture.append(sender, "a"), EXPIRED, fixture.takeLine(7)).join();
			assertThat(other.find(List.of("a")).join().failed()).isEmpty();
			assertThat(fixture.ended()).containsExactly("a");
		}
	}

	@ParameterizedTest
	@Databases
	void unfinishedMessagesAreFound(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore sender = fixture.open();
			StoreFixture.append(sender, "a");
			StoreFixture.append(sender, "c");
			MessageProgress progress = sender.find(List.of("a", "b", "c")).join();
			assertThat(progress.unfinished()).containsExactlyInAnyOrder("a", "c");
			assertThat(progress.failed()).isEmpty();
		}
	}

	@ParameterizedTest
	@Databases
	void unknownReasonIsAnUnknownDeadLetter(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore sender = fixture.open();
			fixture.open().end(StoreFixture.append(sender, "a"), DEAD, fixture.takeLine(7)).join();
			fixture.jdbc.update("UPDATE RESILIENT_WS_ENDED SET REASON = 'OF_A_LATER_VERSION'");
			assertThat(sender.find(List.of("a")).join().failed().get("a").reason()).isEqualTo(Reason.UNDELIVERABLE);
			assertThat(sender.deadLetters().join().get(0).death().cause()).isEqualTo(Cause.UNKNOWN);
		}
	}

	@ParameterizedTest
	@Databases
	void longDetailIsCut(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore sender = fixture.open();
			MessageFailure failure = new MessageFailure(Reason.UNDELIVERABLE, Cause.POISON, "\0" + "x".repeat(600), 1);
			assertThat(sender.end(StoreFixture.append(sender, "a"), failure, fixture.takeLine(7)))
				.succeedsWithin(StoreFixture.SOON);
			assertThat(fixture.jdbc.queryForObject("SELECT DETAIL FROM RESILIENT_WS_ENDED", String.class)).hasSize(500);
		}
	}

	@ParameterizedTest
	@Databases
	void laterEndOfTheSameIdReplacesTheDeadLetter(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore sender = fixture.open();
			Ownership ownership = fixture.takeLine(7);
			sender.end(StoreFixture.append(sender, "a"), DEAD, ownership).join();
			MessageFailure later = new MessageFailure(Reason.UNDELIVERABLE, Cause.NOT_ACKNOWLEDGED, "later", 1);
			assertThat(sender.end(StoreFixture.append(sender, "a"), later, ownership)).succeedsWithin(StoreFixture.SOON)
				.isEqualTo(true);
			assertThat(sender.deadLetters().join()).extracting((dead) -> dead.death().cause())
				.containsExactly(Cause.NOT_ACKNOWLEDGED);
		}
	}

	@ParameterizedTest
	@Databases
	void resubmittedDeadLetterIsReadByTheOwner(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore owner = fixture.open();
			Ownership ownership = fixture.takeLine(7);
			StoreFixture.Received received = new StoreFixture.Received();
			owner.own(ownership, received).request(10);
			MessagePosition position = StoreFixture.append(owner, "a");
			owner.end(position, DEAD, ownership).join();
			StoreFixture.append(owner, "b");
			assertThat(owner.resubmit("a")).succeedsWithin(StoreFixture.SOON)
				.satisfies((again) -> assertThat(again).isGreaterThan(position.position()));
			await("the feed looks").untilAsserted(() -> assertThat(received.ids()).containsExactly("a", "b", "a"));
			assertThat(received.messages.get(2).message().payload()).isEqualTo("payload of a".getBytes());
			assertThat(fixture.ended()).isEmpty();
		}
	}

	@ParameterizedTest
	@Databases
	void deadLetterIsNotResubmittedWhileItsIdIsUsed(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore sender = fixture.open();
			sender.end(StoreFixture.append(sender, "a"), DEAD, fixture.takeLine(7)).join();
			StoreFixture.append(sender, "a");
			assertThat(sender.resubmit("a")).succeedsWithin(StoreFixture.SOON).isEqualTo(0L);
			assertThat(fixture.ended()).containsExactly("a");
		}
	}

	@ParameterizedTest
	@Databases
	void onlyDeadLettersAreListedResubmittedAndDiscarded(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore sender = fixture.open();
			JdbcOutboxStore other = fixture.open();
			Ownership ownership = fixture.takeLine(7);
			other.end(StoreFixture.append(sender, "failed"), EXPIRED, ownership).join();
			other.end(StoreFixture.append(sender, "dead"), DEAD, ownership).join();
			assertThat(other.deadLetters().join()).extracting(OutboxRecord::id).containsExactly("dead");
			assertThat(other.resubmit("failed")).succeedsWithin(StoreFixture.SOON).isEqualTo(-1L);
			assertThat(other.discard(List.of("failed", "dead", "none"))).succeedsWithin(StoreFixture.SOON).isEqualTo(1);
			assertThat(fixture.ended()).containsExactly("failed");
		}
	}

	@ParameterizedTest
	@Databases
	void ownerDeletesFailuresThatWereNotReadForADay(Database database) {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore sender = fixture.open();
			JdbcOutboxStore other = fixture.open();
			Ownership ownership = fixture.takeLine(7);
			other.end(StoreFixture.append(sender, "old"), EXPIRED, ownership).join();
			other.end(StoreFixture.append(sender, "dead"), DEAD, ownership).join();
			fixture.jdbc.update("UPDATE RESILIENT_WS_ENDED SET SINCE = SINCE - 90000000");
			other.end(StoreFixture.append(sender, "young"), EXPIRED, ownership).join();
			fixture.open().own(ownership, new StoreFixture.Received()).request(1);
			await("the owner cleans up")
				.untilAsserted(() -> assertThat(fixture.ended()).containsExactly("dead", "young"));
		}
	}

	@ParameterizedTest
	@Databases
	void instanceThatIsFrozenWhileItEndsAMessageDoesNotHoldUpTheNextOwner(Database database) throws Exception {
		try (StoreFixture fixture = new StoreFixture(database)) {
			JdbcOutboxStore store = fixture.open();
			MessagePosition position = StoreFixture.append(store, "a");
			FaultyDataSource.Gate gate = fixture.dataSource.hold("DELETE FROM RESILIENT_WS_MESSAGE");
			CompletableFuture<Boolean> end = store.end(position, EXPIRED, fixture.takeLine(1));
			gate.reached().await();
			assertThat(CompletableFuture.supplyAsync(() -> fixture.takeLine(2))).succeedsWithin(StoreFixture.SOON);
			gate.open().countDown();
			end.join();
		}
	}

}
