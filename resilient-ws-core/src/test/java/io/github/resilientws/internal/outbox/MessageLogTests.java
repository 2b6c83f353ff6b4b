package io.github.resilientws.internal.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.encoding.EncodedMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Order of the log.
 */
class MessageLogTests {

	private final MessageLog log = new MessageLog();

	private int sequence;

	@Test
	void writtenMessagesLeaveInRunsAroundOthers() {
		List<OutboxEntry> entries = Stream.generate(this::add).limit(6).toList();
		entries.subList(0, 5).forEach((entry) -> handOver());
		this.log.removeInFlight(List.of(entries.get(0), entries.get(1), entries.get(3)));
		assertThat(inFlight()).containsExactly(entries.get(2), entries.get(4));
		assertThat(waiting()).containsExactly(entries.get(5));
		assertThat(entries.get(0).previous()).isNull();
		assertThat(entries.get(1).next()).isNull();
		this.log.removeInFlight(inFlight());
		assertThat(this.log.first()).isSameAs(this.log.firstWaiting()).isSameAs(entries.get(5));
		assertThat(this.log.firstInFlight()).isNull();
	}

	@RepeatedTest(20)
	void isTheSameAsTwoLists(RepetitionInfo repetition) {
		Random random = new Random(repetition.getCurrentRepetition());
		List<OutboxEntry> inFlight = new ArrayList<>();
		List<OutboxEntry> waiting = new ArrayList<>();
		for (int i = 0; i < 2000; i++) {
			switch (random.nextInt(5)) {
				case 0 -> waiting.add(add());
				case 1 -> {
					if (!waiting.isEmpty()) {
						handOver();
						inFlight.add(waiting.remove(0));
					}
				}
				case 2 -> removeOne(waiting, random);
				case 3 -> removeOne(inFlight, random);
				default -> {
					List<OutboxEntry> back = new ArrayList<>(inFlight);
					back.removeIf((entry) -> random.nextBoolean());
					back.sort((one, other) -> Long.compare(one.sequence(), other.sequence()));
					this.log.takeBack(back);
					inFlight.removeAll(back);
					waiting.addAll(back);
					waiting.sort((one, other) -> Long.compare(one.sequence(), other.sequence()));
				}
			}
			assertThat(inFlight()).isEqualTo(inFlight);
			assertThat(waiting()).isEqualTo(waiting);
			assertThat(this.log.firstInFlight()).isSameAs(inFlight.isEmpty() ? null : inFlight.get(0));
			assertThat(this.log.firstWaiting()).isSameAs(waiting.isEmpty() ? null : waiting.get(0));
		}
	}

	private OutboxEntry add() {
		OutboxEntry entry = OutboxEntry.accepted(EncodedMessage.of(true, new byte[0], null), false, 0,
				OutboxEntry.NEVER);
		entry.enterLog(this.sequence++);
		this.log.add(entry);
		return entry;
	}

	private void handOver() {
		OutboxEntry entry = this.log.firstWaiting();
		assertThat(entry).isNotNull();
		this.log.handOver();
		entry.handedOver();
	}

	private void removeOne(List<OutboxEntry> entries, Random random) {
		if (!entries.isEmpty()) {
			this.log.remove(entries.remove(random.nextInt(entries.size())));
		}
	}

	private List<OutboxEntry> inFlight() {
		return this.log.selectInFlight((entry) -> true);
	}

	private List<OutboxEntry> waiting() {
		return this.log.selectWaiting((entry) -> true);
	}

}
