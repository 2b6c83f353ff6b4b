package io.github.resilientws.metrics;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.ClientStatus;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.FakeClient;
import io.github.resilientws.OwnershipChange;
import io.github.resilientws.QuestionOutcome;
import io.github.resilientws.RequestOutcome;
import io.github.resilientws.WebSocketDeliveryException.Reason;

import static org.assertj.core.api.Assertions.assertThat;

class ClientMetricsTests {

	private final MockClock clock = new MockClock();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, this.clock);

	private final FakeClient client = new FakeClient("chat");

	private final ClientMetrics metrics = new ClientMetrics(this.registry, "chat");

	@BeforeEach
	void bind() {
		this.metrics.bindTo(this.client);
	}

	@Test
	void everyMeterIsThereFromTheStartWithEveryTagValue() {
		Map<String, List<String>> expected = new TreeMap<>();
		List.of("ready", "next.attempt.delay", "last.received.age", "queue.size", "queue.bytes", "queue.age",
				"inflight", "dead.letters", "requests.pending", "inbound.queue.size", "connect.duration",
				"outage.duration", "heartbeat.rtt", "messages.sent", "messages.resent", "messages.received",
				"heartbeat.missed")
			.forEach((name) -> expected.put(name, List.of("")));
		List.of("listener.duration", "delivery.duration", "connect.attempts")
			.forEach((name) -> expected.put(name, List.of("outcome=failure", "outcome=success")));
		expected.put("request.duration",
				List.of("outcome=expired", "outcome=lost", "outcome=refused", "outcome=success"));
		expected.put("answer.duration",
				List.of("outcome=failure", "outcome=lost", "outcome=success", "outcome=timeout", "outcome=unhandled"));
		expected.put("subscriptions", List.of("state=active", "state=pending"));
		expected.put("state",
				Arrays.stream(ConnectionState.values())
					.map((state) -> "state=" + state.name().toLowerCase())
					.sorted()
					.toList());
		expected.put("disconnects",
				List.of("cause=closed", "cause=connect_failed", "cause=heartbeat_lost", "cause=ownership_lost",
						"cause=refused", "cause=requested", "cause=supply_failed", "cause=write_failed"));
		expected.put("messages.dropped", List.of("reason=dropped", "reason=expired", "reason=rejected"));
		assertThat(registered()).isEqualTo(expected);
		assertThat(this.registry.getMeters()).allSatisfy((meter) -> {
			assertThat(meter.getId().getTag("client")).isEqualTo("chat");
			assertThat(meter.getId().getDescription()).isNotBlank();
		});
	}

	private Map<String, List<String>> registered() {
		Map<String, TreeSet<String>> names = new TreeMap<>();
		for (Meter meter : this.registry.getMeters()) {
			String extra = String.join(",",
					meter.getId()
						.getTags()
						.stream()
						.filter((tag) -> !tag.getKey().equals("client"))
						.map((tag) -> tag.getKey() + "=" + tag.getValue())
						.toList());
			names
				.computeIfAbsent(meter.getId().getName().replaceFirst("^resilient\\.ws\\.", ""),
						(name) -> new TreeSet<>())
				.add(extra);
		}
		Map<String, List<String>> sorted = new TreeMap<>();
		names.forEach((name, tags) -> sorted.put(name, List.copyOf(tags)));
		return sorted;
	}

	@Test
	void subscriptionsAreCountedByState() {
		assertThat(this.registry.get("resilient.ws.subscriptions").tag("state", "active").gauge().value()).isEqualTo(8);
		assertThat(this.registry.get("resilient.ws.subscriptions").tag("state", "pending").gauge().value())
			.isEqualTo(9);
	}

	@Test
	void requestsAreTimedByOutcome() {
		this.metrics.requestEnded("chat", RequestOutcome.REFUSED, Duration.ofMillis(20));
		assertThat(this.registry.get("resilient.ws.request.duration").tag("outcome", "refused").timer().count())
			.isOne();
	}

	@Test
	void questionsAreTimedByOutcome() {
		this.metrics.questionEnded("chat", QuestionOutcome.UNHANDLED, Duration.ofMillis(20));
		assertThat(this.registry.get("resilient.ws.answer.duration").tag("outcome", "unhandled").timer().count())
			.isOne();
	}

	@Test
	void gaugesReadTheClientWhenAsked() {
		this.client.with(FakeClient.status(ConnectionState.READY)).letters().add("a").add("b");
		this.client.statistics.queueSize = 33;
		assertThat(gauge("ready")).isEqualTo(1);
		assertThat(gauge("state", "state", "ready")).isEqualTo(1);
		assertThat(gauge("state", "state", "idle")).isZero();
		Map<String, Integer> expected = Map.of("last.received.age", 7, "queue.size", 33, "queue.bytes", 300,
				"queue.age", 5, "inflight", 1, "dead.letters", 2, "inbound.queue.size", 6);
		expected.forEach((name, value) -> assertThat(gauge(name)).as(name).isEqualTo(value.doubleValue()));
	}

	@Test
	void nextAttemptDelayIsTheTimeLeftOrZero() {
		assertThat(gauge("next.attempt.delay")).isZero();
		Instant nextAttempt = Instant.ofEpochMilli(this.clock.wallTime() + 1500);
		this.client
			.with(new ClientStatus(ConnectionState.BACKING_OFF, Instant.EPOCH, null, 1, null, nextAttempt, List.of()));
		assertThat(gauge("next.attempt.delay")).isEqualTo(1.5);
		this.clock.add(Duration.ofSeconds(2));
		assertThat(gauge("next.attempt.delay")).isZero();
	}

	@Test
	void messageCountersReadTheStatistics() {
		this.client.statistics.sent = 44;
		Map<String, Integer> expected = Map.of("messages.sent", 44, "messages.resent", 13, "messages.received", 12,
				"heartbeat.missed", 4);
		expected.forEach((name, value) -> assertThat(functionCounter(name)).as(name).isEqualTo(value.doubleValue()));
		for (Reason reason : List.of(Reason.REJECTED, Reason.DROPPED, Reason.EXPIRED)) {
			String tag = reason.name().toLowerCase(Locale.ROOT);
			assertThat(functionCounter("messages.dropped", "reason", tag)).as(tag)
				.isEqualTo(this.client.statistics.getMessagesDropped(reason));
		}
	}

	@Test
	void countersAndTimersFollowTheObserver() {
		this.metrics.attemptEnded("chat", new DisconnectCause.HeartbeatLost(), Duration.ofSeconds(1));
		this.metrics.attemptEnded("chat", null, Duration.ofSeconds(2));
		this.metrics.ready("chat", Duration.ofSeconds(3));
		this.metrics.heartbeatAnswered("chat", Duration.ofSeconds(4));
		this.metrics.deliveryEnded("chat", true, Duration.ofSeconds(5));
		this.metrics.messageHandled("chat", false, Duration.ofSeconds(6));
		assertThat(counter("connect.attempts", "outcome", "failure")).isEqualTo(1);
		assertThat(counter("connect.attempts", "outcome", "success")).isEqualTo(1);
		assertThat(seconds("connect.duration")).isEqualTo(3);
		assertThat(seconds("outage.duration")).isEqualTo(3);
		assertThat(seconds("heartbeat.rtt")).isEqualTo(4);
		assertThat(seconds("delivery.duration", "outcome", "success")).isEqualTo(5);
		assertThat(seconds("listener.duration", "outcome", "failure")).isEqualTo(6);
	}

	@Test
	void everyCauseHasItsTagValue() {
		IOException failure = new IOException();
		Map<String, DisconnectCause> causes = Map.of("closed", new DisconnectCause.Closed(1000, "", true), "refused",
				new DisconnectCause.HandshakeRefused(401, Map.of()), "connect_failed",
				new DisconnectCause.ConnectFailed(failure), "supply_failed", new DisconnectCause.SupplyFailed(failure),
				"heartbeat_lost", new DisconnectCause.HeartbeatLost(), "write_failed",
				new DisconnectCause.WriteFailed(failure), "requested", new DisconnectCause.Requested(),
				"ownership_lost", new DisconnectCause.OwnershipLost(""));
		assertThat(causes).hasSameSizeAs(DisconnectCause.class.getPermittedSubclasses());
		causes.forEach((tag, cause) -> {
			this.metrics.disconnected("chat", cause);
			assertThat(counter("disconnects", "cause", tag)).as(tag).isEqualTo(1);
		});
	}

	@Test
	void clientThatStandsByHasTheMetersOfItsLine() {
		this.metrics.stateChanged("chat", ConnectionState.IDLE, ConnectionState.STANDBY, null);
		assertThat(gauge("owner")).isZero();
		this.metrics.ownershipChanged("chat", OwnershipChange.ACQUIRED, 1, null);
		assertThat(gauge("owner")).isOne();
		this.metrics.ownershipChanged("chat", OwnershipChange.LOST, 1, "no beat for 9 s");
		assertThat(gauge("owner")).isZero();
		assertThat(counter("ownership.changes", "change", "acquired")).isOne();
		assertThat(counter("ownership.changes", "change", "lost")).isOne();
		assertThat(counter("ownership.changes", "change", "yielded")).isZero();
	}

	@Test
	void closeRemovesEverythingAndNothingIsRecordedAfterwards() {
		this.metrics.close();
		this.metrics.close();
		this.metrics.ready("chat", Duration.ofSeconds(3));
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void secondContextTakesOverTheNamesAndTheEndOfTheFirstLeavesThem() {
		int meters = this.registry.getMeters().size();
		FakeClient second = new FakeClient("chat");
		second.with(FakeClient.status(ConnectionState.READY));
		ClientMetrics secondMetrics = new ClientMetrics(this.registry, "chat");
		this.metrics.ready("chat", Duration.ofSeconds(3));
		secondMetrics.bindTo(second);
		assertThat(gauge("ready")).isEqualTo(1);
		assertThat(seconds("outage.duration")).isZero();
		this.metrics.close();
		assertThat(this.registry.getMeters()).hasSize(meters);
		secondMetrics.close();
		assertThat(this.registry.getMeters()).isEmpty();
	}

	@Test
	void metersOfAnotherClientStay() {
		ClientMetrics other = new ClientMetrics(this.registry, "feed");
		other.bindTo(new FakeClient("feed"));
		this.metrics.close();
		assertThat(this.registry.getMeters()).isNotEmpty()
			.allSatisfy((meter) -> assertThat(meter.getId().getTag("client")).isEqualTo("feed"));
	}

	@Test
	void removingDoesNotLookAtTheMetersOfOtherClients() {
		AtomicInteger looks = new AtomicInteger();
		MeterRegistry counting = new SimpleMeterRegistry() {

			@Override
			public List<Meter> getMeters() {
				looks.incrementAndGet();
				return super.getMeters();
			}

			@Override
			public void forEachMeter(Consumer<? super Meter> consumer) {
				looks.incrementAndGet();
				super.forEachMeter(consumer);
			}

		};
		ClientMetrics one = new ClientMetrics(counting, "one");
		one.bindTo(new FakeClient("one"));
		one.close();
		assertThat(looks).hasValue(0);
		assertThat(counting.getMeters()).isEmpty();
	}

	@Test
	void metersThatAFilterRenamesAreRemovedToo() {
		MeterRegistry filtered = new SimpleMeterRegistry();
		filtered.config().commonTags("app", "shop").meterFilter(new MeterFilter() {

			@Override
			public Meter.Id map(Meter.Id id) {
				return id.withName("shop." + id.getName());
			}

		});
		ClientMetrics first = new ClientMetrics(filtered, "chat");
		first.bindTo(new FakeClient("chat"));
		int meters = filtered.getMeters().size();
		ClientMetrics second = new ClientMetrics(filtered, "chat");
		second.bindTo(new FakeClient("chat"));
		first.close();
		assertThat(filtered.getMeters()).hasSize(meters);
		second.close();
		assertThat(filtered.getMeters()).isEmpty();
	}

	@Test
	void metersThatAreGoneAlreadyDoNotComeBack() {
		this.registry.clear();
		this.metrics.close();
		assertThat(this.registry.getMeters()).isEmpty();
	}

	private double gauge(String name, String... tags) {
		return this.registry.get("resilient.ws." + name).tags(tags).gauge().value();
	}

	private double counter(String name, String... tags) {
		return this.registry.get("resilient.ws." + name).tags(tags).counter().count();
	}

	private double functionCounter(String name, String... tags) {
		return this.registry.get("resilient.ws." + name).tags(tags).functionCounter().count();
	}

	private double seconds(String name, String... tags) {
		return this.registry.get("resilient.ws." + name).tags(tags).timer().totalTime(TimeUnit.SECONDS);
	}

}
