package io.github.resilientws.endurance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the {@link SharedSenders} of several JVMs recorded, and what the server received.
 * The times are those of the monotonic clock that all JVMs of a machine share.
 */
final class SharedHistory {

	private static final Set<String> NOT_STORED = Set.of("REJECTED", "ROLLED_BACK", "DROPPED", "CLOSED");

	private final Map<String, Message> messages = new HashMap<>();

	/** Number of the last message of each sender whose outcome is recorded. */
	private final Map<String, Integer> lastNumbers = new HashMap<>();

	/** By id, when a message arrived first; in this order. */
	private final Map<String, Long> arrivals = new LinkedHashMap<>();

	private final Set<String> business;

	private final int frames;

	/**
	 * Read the records.
	 * @param directory the records of all JVMs
	 * @param received the messages that the server received, in order
	 * @param business the committed rows of the senders' own table
	 */
	SharedHistory(Path directory, List<Received> received, Set<String> business) throws IOException {
		this.business = business;
		this.frames = received.size();
		received.forEach((message) -> this.arrivals.putIfAbsent(message.id, message.nanos));
		try (Stream<Path> files = Files.list(directory)) {
			for (Path file : files.toList()) {
				Files.readAllLines(file).forEach(this::read);
			}
		}
		for (String id : business) {
			message(id).accepted = true;
		}
	}

	private void read(String line) {
		String[] parts = line.split(" ");
		Message message = message(parts[1]);
		switch (parts[0]) {
			case "A" -> {
				message.accepted = true;
				message.begun = Long.parseLong(parts[2]);
				message.returned = Long.parseLong(parts[3]);
			}
			case "D" -> {
				message.completed = Long.parseLong(parts[2]);
			}
			case "F" -> {
				message.failure = parts[2];
				message.begun = Long.parseLong(parts[3]);
				message.completed = Long.parseLong(parts[4]);
			}
			default -> throw new IllegalStateException(line);
		}
	}

	private Message message(String id) {
		this.lastNumbers.merge(sender(id), number(id), Math::max);
		return this.messages.computeIfAbsent(id, Message::new);
	}

	static String sender(String id) {
		return id.substring(0, id.lastIndexOf('-'));
	}

	private static int number(String id) {
		String last = id.substring(id.lastIndexOf('-') + 1);
		return Character.isDigit(last.charAt(0)) ? Integer.parseInt(last) : -1;
	}

	List<Message> messages() {
		return List.copyOf(this.messages.values());
	}

	/**
	 * Return when a message arrived.
	 * @param id its id
	 * @return the time of the first arrival, or {@code null}
	 */
	Long arrival(String id) {
		return this.arrivals.get(id);
	}

	/**
	 * Return how many copies the server received in addition to the first of each.
	 * @return number of messages
	 */
	int extra() {
		return this.frames - this.arrivals.size();
	}

	/**
	 * Return the messages that an instance accepted and whose future is not complete.
	 * @param instances the instances
	 * @return their ids
	 */
	List<String> open(Set<String> instances) {
		return this.messages.values()
			.stream()
			.filter((message) -> message.accepted && message.completed == 0
					&& instances.contains(message.id.substring(0, message.id.indexOf('-'))))
			.map((message) -> message.id)
			.toList();
	}

	Verdict verdict() {
		List<String> lost = this.messages.values()
			.stream()
			.filter((message) -> isCertain(message) && !this.arrivals.containsKey(message.id))
			.map((message) -> message.id)
			.toList();
		List<String> phantom = this.arrivals.keySet().stream().filter(this::isPhantom).toList();
		return new Verdict(lost, phantom, reordered(), acausal());
	}

	private boolean isCertain(Message message) {
		if (message.isTransactional()) {
			return this.business.contains(message.id) && !message.hasExpired();
		}
		// a later send is undecided, and its JVM may have been killed before the decision
		boolean decided = message.isDecided() || message.failure == null && message.completed != 0;
		return message.accepted && decided && !message.isRefused() && !message.hasExpired();
	}

	private boolean isPhantom(String id) {
		Message message = this.messages.get(id);
		if (message == null) {
			// the last send of a sender that was killed in it
			return id.contains("-t") || number(id) > this.lastNumbers.getOrDefault(sender(id), -1) + 1;
		}
		return message.isTransactional() ? !this.business.contains(id) : message.isRefused();
	}

	private List<String> reordered() {
		Map<String, Integer> last = new HashMap<>();
		return this.arrivals.keySet().stream().filter((id) -> {
			Integer before = last.put(sender(id), number(id));
			return before != null && before > number(id);
		}).toList();
	}

	// messages before which one should have arrived whose send returned before they began
	private List<String> acausal() {
		List<String> found = new ArrayList<>();
		List<Message> order = this.arrivals.keySet()
			.stream()
			.map(this.messages::get)
			.filter((message) -> message != null && message.accepted && message.isDecided())
			.collect(Collectors.toList());
		long firstReturn = Long.MAX_VALUE;
		for (int i = order.size() - 1; i >= 0; i--) {
			Message message = order.get(i);
			if (message.begun > firstReturn) {
				found.add(message.id);
			}
			firstReturn = Math.min(firstReturn, message.returned);
		}
		return found;
	}

	/**
	 * A message that arrived.
	 *
	 * @param id its id
	 * @param nanos when it arrived
	 */
	record Received(String id, long nanos) {

	}

	/**
	 * The result; all lists should be empty.
	 *
	 * @param lost messages that were accepted and did not arrive
	 * @param phantom messages that arrived although they were refused or rolled back
	 * @param reordered messages that arrived after a later one of their sender
	 * @param acausal messages that arrived before one whose send had returned when their
	 * own began
	 */
	record Verdict(List<String> lost, List<String> phantom, List<String> reordered, List<String> acausal) {

		static final Verdict CLEAN = new Verdict(List.of(), List.of(), List.of(), List.of());

	}

	/** A message as its sender recorded it. */
	static final class Message {

		final String id;

		/** Why it failed, or {@code null}. */
		String failure;

		long begun;

		long returned;

		/** When its future completed; 0 if that is not recorded. */
		long completed;

		private boolean accepted;

		private Message(String id) {
			this.id = id;
		}

		private boolean isTransactional() {
			return this.id.contains("-t");
		}

		// the send returned because the message was stored
		private boolean isDecided() {
			return this.returned != 0 && this.returned - this.begun < SharedClient.STORE_TIMEOUT.toNanos();
		}

		private boolean isRefused() {
			return this.failure != null && NOT_STORED.contains(this.failure);
		}

		private boolean hasExpired() {
			return "EXPIRED".equals(this.failure);
		}

	}

}
