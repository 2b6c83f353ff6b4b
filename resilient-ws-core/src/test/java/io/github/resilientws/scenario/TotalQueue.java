package io.github.resilientws.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.settings.DeliverySettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Every message that was accepted, against every copy that a server got: Jepsen's total
 * queue, and the order, the bytes and the number of copies besides. A message is the name
 * of its sender and a number, in the envelope; each sender is one thread.
 */
final class TotalQueue {

	/** Clocks of timers may be coarser than ours. */
	private static final Duration TICK = Duration.ofMillis(10);

	private final JsonMapper json = new JsonMapper();

	private final Queue<Sent> all = new ConcurrentLinkedQueue<>();

	private final Map<String, AtomicInteger> next = new ConcurrentHashMap<>();

	private final AtomicInteger delivered = new AtomicInteger();

	void send(ResilientWebSocketClient client, int number) {
		for (int i = 0; i < number; i++) {
			send(client, "main");
		}
	}

	void send(ResilientWebSocketClient client, String sender) {
		int number = this.next.computeIfAbsent(sender, (name) -> new AtomicInteger()).getAndIncrement();
		String data = sender + " " + number;
		long start = System.nanoTime();
		CompletableFuture<Delivery> future = client.send(data);
		CompletableFuture<Duration> elapsed = future.handle((delivery, failure) -> {
			this.delivered.addAndGet((failure != null) ? 0 : 1);
			return Duration.ofNanos(System.nanoTime() - start);
		});
		this.all.add(new Sent(data, future, elapsed));
	}

	/**
	 * Return how many messages were delivered so far.
	 * @return their number
	 */
	int delivered() {
		return this.delivered.get();
	}

	void awaitNoneOpen(Duration limit) {
		await().alias("open futures")
			.atMost(limit)
			.until(() -> this.all.stream().filter((sent) -> !sent.elapsed.isDone()).count(), (open) -> open == 0);
	}

	/**
	 * Check what arrived against what the futures say.
	 * @param delivery the settings of the client
	 * @param arrivals what the server got
	 * @param acknowledged ids that the server acknowledged
	 * @param losses how many connections were lost
	 * @param reported data of the messages whose sender must have received the failure
	 * that they failed; all others must have arrived
	 */
	void check(DeliverySettings delivery, List<Arrival> arrivals, Set<String> acknowledged, long losses,
			String... reported) {
		Map<String, List<Copy>> copies = copies(arrivals);
		assertThat(this.all).extracting(Sent::id).as("ids").doesNotHaveDuplicates();
		Set<String> unsent = new HashSet<>(copies.keySet());
		unsent.removeAll(this.all.stream().map(Sent::id).collect(Collectors.toSet()));
		assertThat(unsent).as("arrived, but were never sent").isEmpty();
		Set<String> named = Set.of(reported);
		assertThat(this.all).filteredOn((sent) -> sent.isDelivered() == named.contains(sent.data()))
			.as("reported as failed, but not named " + named + "; or the other way round")
			.isEmpty();
		assertThat(this.all).filteredOn(Sent::isDelivered)
			.filteredOn((sent) -> !copies.containsKey(sent.id()) || !acknowledged.contains(sent.id()))
			.as("lost: neither arrived and acknowledged nor reported")
			.isEmpty();
		assertBytes(copies);
		assertOrder(copies, delivery.window());
		assertCopies(copies, delivery, losses);
	}

	private void assertBytes(Map<String, List<Copy>> copies) {
		for (Sent sent : this.all) {
			assertThat(copies.getOrDefault(sent.id(), List.of())).as(sent.data())
				.allSatisfy((copy) -> assertThat(copy.data()).isEqualTo(sent.data()))
				.extracting(Copy::text)
				.containsOnly(copies.getOrDefault(sent.id(), List.of())
					.stream()
					.map(Copy::text)
					.limit(1)
					.toArray(String[]::new));
		}
	}

	private static void assertOrder(Map<String, List<Copy>> copies, int window) {
		List<Copy> firsts = copies.values().stream().map((list) -> list.get(0)).toList();
		if (window == 1) {
			assertSorted(firsts, "first arrivals");
		}
		Map<Integer, Map<String, Copy>> connections = new LinkedHashMap<>();
		copies.values()
			.stream()
			.flatMap(List::stream)
			.sorted((one, other) -> Integer.compare(one.position(), other.position()))
			.forEach((copy) -> connections.computeIfAbsent(copy.connection(), (number) -> new LinkedHashMap<>())
				.putIfAbsent(copy.id(), copy));
		connections.forEach((number, present) -> assertSorted(List.copyOf(present.values()), "connection " + number));
	}

	private static void assertSorted(List<Copy> copies, String what) {
		Map<String, Integer> last = new HashMap<>();
		for (Copy copy : copies) {
			String[] parts = copy.data().split(" ");
			Integer before = last.put(parts[0], Integer.valueOf(parts[1]));
			assertThat(Integer.valueOf(parts[1])).as(what + ": " + copy.data())
				.isGreaterThan((before != null) ? before : -1);
		}
	}

	// a copy on another connection needs a loss, one on the same an acknowledgement
	// time-out; a busy machine makes more time-outs, but never without the time
	private void assertCopies(Map<String, List<Copy>> copies, DeliverySettings delivery, long losses) {
		long afterLosses = 0;
		for (Sent sent : this.all) {
			List<Copy> present = copies.getOrDefault(sent.id(), List.of());
			long connections = present.stream().map(Copy::connection).distinct().count();
			afterLosses += Math.max(0, connections - 1);
			Duration due = delivery.ackTimeout().multipliedBy(present.size() - Math.max(1, connections));
			assertThat(sent.elapsed.join().plus(TICK)).as("time for the resends of " + sent.data())
				.isGreaterThanOrEqualTo(due);
			assertThat(present.size()).as("copies of " + sent.data()).isLessThanOrEqualTo(sent.attempts());
		}
		assertThat(afterLosses).as("extra copies after losses").isLessThanOrEqualTo(delivery.window() * losses);
	}

	// in order of the first copy
	private Map<String, List<Copy>> copies(List<Arrival> arrivals) {
		Map<String, List<Copy>> copies = new LinkedHashMap<>();
		for (int i = 0; i < arrivals.size(); i++) {
			JsonNode frame = this.json.readTree(arrivals.get(i).text());
			Copy copy = new Copy(i, arrivals.get(i).connection(), frame.get("id").asString(),
					frame.get("data").asString(), arrivals.get(i).text());
			copies.computeIfAbsent(copy.id(), (id) -> new ArrayList<>()).add(copy);
		}
		return copies;
	}

	private record Copy(int position, int connection, String id, String data, String text) {

	}

	private record Sent(String data, CompletableFuture<Delivery> future, CompletableFuture<Duration> elapsed) {

		boolean isDelivered() {
			return !this.future.isCompletedExceptionally();
		}

		String id() {
			return isDelivered() ? this.future.join().id() : failure().getMessageId();
		}

		int attempts() {
			return isDelivered() ? this.future.join().attempts() : failure().getAttempts();
		}

		WebSocketDeliveryException failure() {
			return Sends.failure(this.future);
		}

		@Override
		public String toString() {
			return this.data + " " + (isDelivered() ? this.future.join() : failure().getMessage());
		}

	}

}
