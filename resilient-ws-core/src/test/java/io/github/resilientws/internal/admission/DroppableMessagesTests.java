package io.github.resilientws.internal.admission;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.test.VirtualExecutor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Messages that make room for newer ones.
 */
class DroppableMessagesTests {

	private final VirtualExecutor time = new VirtualExecutor();

	@Test
	void messagesThatMustNotBeDroppedAreNotLookedAt() throws Exception {
		AdmissionParts parts = parts(10_010, 0);
		int[] steps = new int[1];
		List<OutboxEntry> recovered = new ArrayList<>();
		IntStream.range(0, 10_000).forEach((i) -> recovered.add(new CountingEntry(steps)));
		parts.entrance.enterRecovered(recovered);
		List<CompletableFuture<Delivery>> futures = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			futures.add(send(parts, "old"));
		}
		steps[0] = 0;

		for (int i = 0; i < 1000; i++) {
			futures.add(send(parts, "new"));
		}

		assertThat(steps[0]).isLessThan(5_000);
		assertThat(parts.capacity.unfinished()).isEqualTo(10_010);
		assertThat(futures.subList(0, 1000)).allMatch(CompletableFuture::isCompletedExceptionally);
		assertThat(futures.subList(1000, 1010)).noneMatch(CompletableFuture::isDone);
	}

	@Test
	void droppableMessagesThatAreNotEnoughAreNotLookedAtEither() throws Exception {
		AdmissionParts parts = parts(20_000, 20_000);
		int[] steps = new int[1];
		List<OutboxEntry> recovered = List.of(new CountingEntry(steps, 10_001));
		parts.entrance.enterRecovered(recovered);
		List<CompletableFuture<Delivery>> futures = new ArrayList<>();
		for (int i = 0; i < 9_999; i++) {
			futures.add(send(parts, "x"));
		}

		assertThatExceptionOfType(MessageRefusedException.class).isThrownBy(() -> send(parts, "x".repeat(10_000)));

		assertThat(futures).noneMatch(CompletableFuture::isDone);
		send(parts, "x".repeat(9_999));
		assertThat(futures).allMatch(CompletableFuture::isCompletedExceptionally);
		assertThat(parts.capacity.bytes()).isEqualTo(20_000);
	}

	@Test
	void payloadOfADroppedMessageIsFreeAtOnce() throws Exception {
		Queue<Runnable> completions = new ArrayDeque<>();
		AdmissionParts parts = new AdmissionParts(settings(1, 0), this.time, completions::add);
		OutboxEntry first = enter(parts, "first");
		OutboxEntry second = enter(parts, "second");
		assertThat(first.isDropped()).isTrue();
		assertThat(first.payload()).isEmpty();
		assertThat(second.payload()).isNotEmpty();
		assertThat(first.future()).isNotDone();
		completions.forEach(Runnable::run);
		assertThat(first.future()).isCompletedExceptionally();
	}

	@Test
	void claimedMessageIsNotDroppedAndComesBackToItsPlace() throws Exception {
		AdmissionParts parts = parts(3, 0);
		OutboxEntry a = enter(parts, "a");
		OutboxEntry b = enter(parts, "b");
		OutboxEntry c = enter(parts, "c");
		assertThat(parts.outbox.next(0, (entry) -> true)).isSameAs(a);
		assertThat(parts.outbox.next(0, (entry) -> true)).isSameAs(b);
		OutboxEntry d = enter(parts, "d");
		assertThat(c.isDropped()).isTrue();
		a.handOverFailed();
		b.handOverFailed();
		parts.outbox.takeBack(List.of(a, b));
		enter(parts, "e");
		assertThat(a.isDropped()).isTrue();
		assertThat(b.isDropped()).isFalse();
		assertThat(d.isDropped()).isFalse();
		assertThat(parts.outbox.next(0, (entry) -> true)).isSameAs(b);
		assertThat(parts.outbox.next(0, (entry) -> true)).isSameAs(d);
	}

	@Test
	void messageThatTheExecutorFindsDroppedIsSkipped() throws Exception {
		AdmissionParts parts = parts(1, 0);
		OutboxEntry[] entries = new OutboxEntry[2];
		this.time.execute(() -> {
			entries[0] = enterUnchecked(parts, "a");
			entries[1] = enterUnchecked(parts, "b");
		});
		assertThat(parts.outbox.next(0, (entry) -> true)).isSameAs(entries[1]);
		assertThat(parts.outbox.next(0, (entry) -> true)).isNull();
	}

	private AdmissionParts parts(int capacity, long maxBytes) {
		return new AdmissionParts(settings(capacity, maxBytes), this.time, Runnable::run);
	}

	private static QueueSettings settings(int capacity, long maxBytes) {
		return QueueSettings.DEFAULTS.withBounds(capacity, maxBytes)
			.withOverflow(Overflow.DROP_OLDEST, Duration.ofSeconds(1));
	}

	private static CompletableFuture<Delivery> send(AdmissionParts parts, String text) throws Exception {
		return enter(parts, text).future();
	}

	private static OutboxEntry enter(AdmissionParts parts, String text) throws MessageRefusedException, IOException {
		return parts.entrance.enter(AdmissionParts.encoded(text), OutboundMessage.text(text));
	}

	private static OutboxEntry enterUnchecked(AdmissionParts parts, String text) {
		try {
			return enter(parts, text);
		}
		catch (MessageRefusedException | IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A message of an earlier run that counts how often it is looked at.
	 */
	private static final class CountingEntry extends OutboxEntry {

		private final int[] steps;

		private CountingEntry(int[] steps) {
			this(steps, 1);
		}

		private CountingEntry(int[] steps, int size) {
			super(EncodedMessage.of(true, new byte[size], null), false, 0, NEVER, true);
			this.steps = steps;
		}

		@Override
		public @Nullable OutboxEntry next() {
			this.steps[0]++;
			return super.next();
		}

		@Override
		public boolean maybeSent() {
			this.steps[0]++;
			return super.maybeSent();
		}

		@Override
		public boolean isDropped() {
			this.steps[0]++;
			return super.isDropped();
		}

	}

}
