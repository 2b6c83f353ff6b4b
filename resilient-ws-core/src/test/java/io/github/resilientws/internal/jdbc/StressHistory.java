package io.github.resilientws.internal.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the writers of a line did, and what its reader returned.
 */
final class StressHistory {

	private final Map<String, Message> messages = new ConcurrentHashMap<>();

	/** Written by the thread of the reader only. */
	private final List<String> received = new ArrayList<>();

	/**
	 * Record that the insert of a message begins now.
	 * @param writer the thread that inserts it
	 * @param number the number of the message among those of the thread
	 * @return the message
	 */
	Message begin(int writer, int number) {
		Message message = new Message("w" + writer + "-" + number, writer, number, System.nanoTime());
		this.messages.put(message.id, message);
		return message;
	}

	void receive(MessageRow row) {
		this.received.add(row.messageId());
	}

	int received() {
		return this.received.size();
	}

	Verdict verdict() {
		Set<String> once = new HashSet<>();
		long phantom = this.received.stream()
			.filter((id) -> !once.add(id) || !this.messages.containsKey(id) || !this.messages.get(id).isCommitted())
			.count();
		long lost = this.messages.values()
			.stream()
			.filter((message) -> message.isCommitted() && !once.contains(message.id))
			.count();
		List<Message> order = this.received.stream().map(this.messages::get).toList();
		return new Verdict(lost, phantom, reordered(order), acausal(order));
	}

	private static long reordered(List<Message> order) {
		Map<Integer, Integer> last = new HashMap<>();
		return order.stream().filter((message) -> {
			Integer before = last.put(message.writer, message.number);
			return before != null && before > message.number;
		}).count();
	}

	// messages before which one should have come that was committed before their insert
	private static long acausal(List<Message> order) {
		long count = 0;
		long firstCommit = Long.MAX_VALUE;
		for (int i = order.size() - 1; i >= 0; i--) {
			Message message = order.get(i);
			if (message.began > firstCommit) {
				count++;
			}
			firstCommit = Math.min(firstCommit, message.committed);
		}
		return count;
	}

	/**
	 * The result; all of it should be 0.
	 *
	 * @param lost how many committed messages were never received
	 * @param phantom how many were received that were rolled back, or received before
	 * @param reordered how many came after a later one of their thread
	 * @param acausal how many came before one that was committed before their insert
	 */
	record Verdict(long lost, long phantom, long reordered, long acausal) {

		static final Verdict CLEAN = new Verdict(0, 0, 0, 0);

	}

	static final class Message {

		private final String id;

		private final int writer;

		private final int number;

		private final long began;

		private volatile long committed = Long.MAX_VALUE;

		private Message(String id, int writer, int number, long began) {
			this.id = id;
			this.writer = writer;
			this.number = number;
			this.began = began;
		}

		String id() {
			return this.id;
		}

		void commit() {
			this.committed = System.nanoTime();
		}

		boolean isCommitted() {
			return this.committed != Long.MAX_VALUE;
		}

	}

}
