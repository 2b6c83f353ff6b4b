package io.github.resilientws.internal.owner;

import java.time.Clock;

import org.junit.jupiter.api.Test;

import io.github.resilientws.cluster.Ownership;
import io.github.resilientws.internal.admission.OutboxEntry.Phase;
import io.github.resilientws.internal.persistence.RecordConverter;
import io.github.resilientws.internal.persistence.StoreClock;
import io.github.resilientws.store.OutboxFeed.StoredMessage;
import io.github.resilientws.store.OutboxRecord;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the newest messages by key.
 */
class NewestByKeyTests {

	private static final Ownership OWNERSHIP = new Ownership() {

		@Override
		public long getFence() {
			return 1;
		}

		@Override
		public boolean isHeld() {
			return true;
		}

	};

	private final NewestByKey newest = new NewestByKey();

	private static SharedEntry message(int position, String key) {
		OutboxRecord record = new OutboxRecord("m" + position, key, true, new byte[0], 0, 0, 0, null);
		return new SharedEntry(new StoredMessage(position, record, true, false),
				new RecordConverter(new StoreClock(Clock.systemUTC(), System::nanoTime)), OWNERSHIP, null);
	}

	@Test
	void returnsTheEarlierMessageWithTheKey() {
		SharedEntry older = message(1, "k");
		this.newest.put(older);
		assertThat(this.newest.put(message(2, "other"))).isNull();
		assertThat(this.newest.put(message(3, "k"))).isSameAs(older);
	}

	@Test
	void forgetsMessagesThatHaveLeftTheOutbox() {
		for (int i = 0; i < 100_000; i++) {
			SharedEntry entry = message(i, "k" + i);
			this.newest.put(entry);
			entry.moveTo(Phase.DONE);
		}
		assertThat(this.newest.size()).isLessThan(2000);
	}

	@Test
	void keepsMessagesThatAreInTheOutbox() {
		for (int i = 0; i < 5000; i++) {
			this.newest.put(message(i, "k" + i));
		}
		assertThat(this.newest.size()).isEqualTo(5000);
	}

}
