package io.github.resilientws.endurance;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.ClientRuntime;
import io.github.resilientws.scenario.Arrival;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A client and its server, which sends everything back; and what became of each message.
 */
class ChaosPair implements AutoCloseable {

	static final Duration LIMIT = Duration.ofSeconds(20);

	final TestWebSocketServer server = TestWebSocketServer.start().echo();

	final ResilientWebSocketClient client;

	final Map<Integer, CompletableFuture<Delivery>> sent = new ConcurrentHashMap<>();

	private final List<Integer> cameBack = new ArrayList<>();

	private int next;

	ChaosPair(ClientRuntime runtime, int number) {
		this(runtime, number, DeliverySettings.DEFAULTS);
	}

	ChaosPair(ClientRuntime runtime, int number, DeliverySettings delivery) {
		this.client = runtime.builder("chaos-" + number)
			.urls(List.of(this.server.url()))
			.delivery((defaults) -> delivery)
			.heartbeat(
					(heartbeat) -> heartbeat.withInterval(Duration.ofMillis(400)).withTimeout(Duration.ofMillis(300)))
			.reconnect((reconnect) -> reconnect.withBackOff(Duration.ofMillis(100), 1.5, Duration.ofMillis(300)))
			.connectTimeout(Duration.ofSeconds(1))
			.closeTimeout(Duration.ofMillis(500))
			.listener((message) -> cameBack(message.text()))
			.build();
	}

	void connect() {
		this.client.connect();
		awaitReady();
	}

	/** Called by one thread at a time. */
	void send() {
		int number = this.next++;
		this.sent.put(number, this.client.send(Integer.toString(number)));
	}

	void strike(Fault fault, RandomGenerator random) {
		fault.strike(this.server, this.client, random);
	}

	void end(Fault fault) {
		fault.end(this.server, this.client);
	}

	/** Wait until nothing is under way any more. */
	void settle() {
		awaitReady();
		int first = this.next;
		// the present connection may be dead, and not known to be
		await("echo").pollInterval(Duration.ofMillis(200)).atMost(LIMIT).until(() -> {
			send();
			return lastThatCameBack() >= first;
		});
		awaitNoneOpen();
	}

	final void awaitNoneOpen() {
		await("open futures").atMost(LIMIT)
			.until(() -> this.sent.values().stream().allMatch(CompletableFuture::isDone));
	}

	void check() {
		List<Integer> arrived = Arrival.of(this.server.seen())
			.stream()
			.map((arrival) -> Integer.valueOf(arrival.text()))
			.toList();
		assertIncreasing(arrived);
		synchronized (this.cameBack) {
			assertIncreasing(this.cameBack);
		}
		Set<Integer> delivered = numbers((failure) -> failure == null);
		Set<Integer> uncertain = numbers((failure) -> failure != null && failure.getAttempts() > 0);
		Set<Integer> neverSent = numbers((failure) -> failure != null && failure.getAttempts() == 0);
		assertThat(reasons(uncertain)).as("reasons of the uncertain").isSubsetOf(Reason.UNDELIVERABLE);
		assertThat(reasons(neverSent)).as("reasons of those never sent").isEmpty();
		Set<Integer> lost = new HashSet<>(delivered);
		arrived.forEach(lost::remove);
		assertThat(delivered.size() + uncertain.size()).isEqualTo(this.sent.size());
		assertThat(this.server.seen().violations()).isEmpty();
		await("room").atMost(LIMIT).until(() -> this.client.getStatistics().getQueueSize() == 0);
		assertThat(this.client.getStatistics().getInFlight()).isZero();
		System.out.printf("%s: %d connections; %d messages, %d arrived, %d undeliverable, %d written and lost%n",
				this.client.getName(), this.server.seen().accepted(), this.sent.size(), arrived.size(),
				uncertain.size(), lost.size());
	}

	final void awaitReady() {
		await("ready").atMost(LIMIT).until(this.client::isReady);
	}

	private void cameBack(String text) {
		if (!text.equals("flood")) {
			synchronized (this.cameBack) {
				this.cameBack.add(Integer.valueOf(text));
			}
		}
	}

	private int lastThatCameBack() {
		synchronized (this.cameBack) {
			return this.cameBack.isEmpty() ? -1 : this.cameBack.get(this.cameBack.size() - 1);
		}
	}

	private Set<Integer> numbers(Predicate<WebSocketDeliveryException> test) {
		return this.sent.entrySet()
			.stream()
			.filter((entry) -> test.test(failure(entry.getValue())))
			.map(Map.Entry::getKey)
			.collect(Collectors.toSet());
	}

	private Set<Reason> reasons(Collection<Integer> numbers) {
		return numbers.stream().map((number) -> failure(this.sent.get(number)).getReason()).collect(Collectors.toSet());
	}

	private static WebSocketDeliveryException failure(CompletableFuture<Delivery> future) {
		try {
			future.join();
			return null;
		}
		catch (CompletionException ex) {
			return (WebSocketDeliveryException) ex.getCause();
		}
	}

	private static void assertIncreasing(List<Integer> numbers) {
		for (int i = 1; i < numbers.size(); i++) {
			assertThat(numbers.get(i)).as("follows " + numbers.get(i - 1)).isGreaterThan(numbers.get(i - 1));
		}
	}

	@Override
	public void close() throws Exception {
		this.client.disconnect().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
		this.server.close();
	}

}
