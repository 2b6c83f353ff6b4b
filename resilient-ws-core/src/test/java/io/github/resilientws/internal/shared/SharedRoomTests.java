package io.github.resilientws.internal.shared;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.internal.persistence.RecordConverter;
import io.github.resilientws.internal.persistence.StoreClock;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.store.SharedOutboxStore;
import io.github.resilientws.store.SharedOutboxStore.Backlog;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SharedRoom}: how often the store counts.
 */
class SharedRoomTests {

	private final List<CompletableFuture<Backlog>> counts = new ArrayList<>();

	private long nanos;

	private SharedRoom room;

	@BeforeEach
	void create() {
		SharedOutboxStore store = (SharedOutboxStore) Proxy.newProxyInstance(getClass().getClassLoader(),
				new Class<?>[] { SharedOutboxStore.class }, (proxy, method, arguments) -> {
					this.counts.add(new CompletableFuture<>());
					return this.counts.get(this.counts.size() - 1);
				});
		this.room = new SharedRoom(QueueSettings.DEFAULTS,
				new SharedStoreHandle("chat", (client, settings, clock) -> store, StoreSettings.MEMORY,
						new RecordConverter(new StoreClock(Clock.systemUTC(), () -> this.nanos))),
				() -> this.nanos, () -> true);
	}

	@Test
	void countsEachSecondWhileMessagesAreSent() throws Exception {
		send();
		answerAfter(Duration.ofMillis(100));
		this.nanos += Duration.ofMillis(899).toNanos();
		send();
		assertThat(this.counts).hasSize(1);
		this.nanos += Duration.ofMillis(1).toNanos();
		send();
		assertThat(this.counts).hasSize(2);
	}

	@Test
	void countsInAtMostATenthOfTheTime() throws Exception {
		send();
		answerAfter(Duration.ofSeconds(2));
		this.nanos += Duration.ofSeconds(18).toNanos() - 1;
		send();
		assertThat(this.counts).hasSize(1);
		this.nanos += 1;
		send();
		assertThat(this.counts).hasSize(2);
	}

	private void send() throws Exception {
		this.room.reserve(1, true);
	}

	private void answerAfter(Duration time) {
		this.nanos += time.toNanos();
		this.counts.get(0).complete(new Backlog(1, 1));
	}

}
