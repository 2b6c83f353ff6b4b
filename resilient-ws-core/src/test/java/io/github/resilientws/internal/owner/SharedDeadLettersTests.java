package io.github.resilientws.internal.owner;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import io.github.resilientws.DeadLetter.Cause;
import io.github.resilientws.internal.persistence.RecordConverter;
import io.github.resilientws.internal.persistence.StoreClock;
import io.github.resilientws.internal.shared.SharedStoreHandle;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.store.OutboxRecord;
import io.github.resilientws.store.SharedOutboxStore;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the dead letters that the owner of a line knows.
 */
class SharedDeadLettersTests {

	private static final OutboxRecord DEAD = new OutboxRecord("x", null, true, new byte[0], 0, 0, 1,
			new OutboxRecord.Death(Cause.POISON, Instant.EPOCH));

	private CompletableFuture<List<OutboxRecord>> answer = new CompletableFuture<>();

	private final SharedOutboxStore store = (SharedOutboxStore) Proxy.newProxyInstance(getClass().getClassLoader(),
			new Class<?>[] { SharedOutboxStore.class }, (proxy, method, arguments) -> this.answer);

	private final SharedDeadLetters deadLetters = new SharedDeadLetters("chat",
			new SharedStoreHandle("chat", (client, settings, clock) -> this.store, StoreSettings.MEMORY,
					new RecordConverter(new StoreClock(Clock.systemUTC(), System::nanoTime))),
			null, null, Clock.systemUTC());

	@Test
	void areKnownWhenTheStoreHasAnswered() {
		this.deadLetters.load();
		this.answer.complete(List.of(DEAD));
		assertThat(this.deadLetters.size()).isOne();
		assertThat(this.deadLetters.isLoadFailed()).isFalse();
	}

	@Test
	void areReadAgainIfTheStoreHasFailed() {
		this.deadLetters.load();
		this.answer.completeExceptionally(new IOException("down"));
		assertThat(this.deadLetters.isLoadFailed()).isTrue();
		this.answer = CompletableFuture.completedFuture(List.of(DEAD));
		this.deadLetters.load();
		assertThat(this.deadLetters.isLoadFailed()).isFalse();
		assertThat(this.deadLetters.size()).isOne();
	}

	@Test
	void areUnknownIfTheLineIsLostBeforeTheStoreAnswers() {
		this.deadLetters.load();
		this.deadLetters.clear();
		this.answer.complete(List.of(DEAD));
		assertThat(this.deadLetters.size()).isZero();
	}

}
