package io.github.resilientws.internal;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntFunction;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.CapturedLog;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.WebSocketSubscription;
import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.SessionSettings.AutoReply;
import io.github.resilientws.settings.SessionSettings.Capture;
import io.github.resilientws.settings.SubscriptionSettings.Action;
import io.github.resilientws.settings.SubscriptionSettings.OnMessage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A server that sends values of any type where ids, names and times are expected, and ids
 * that no request has.
 */
class HostileServerTests {

	private static final List<String> PLACES = List.of("{\"id\":%s,\"result\":1}", "{\"id\":1,\"result\":%s}",
			"{\"id\":%s,\"error\":%1$s}", "{\"id\":%s,\"sub\":1}", "{\"sub\":%s}", "{\"on\":%s,\"data\":1}",
			"{\"on\":\"a\",\"data\":%s}", "{\"on\":%s,\"end\":1}", "{\"on\":\"nobody\",\"end\":%s}",
			"{\"type\":\"ack\",\"messageId\":%s}", "{\"type\":\"nack\",\"messageId\":%s,\"why\":%1$s}",
			"{\"ask\":%s,\"id\":%1$s}", "{\"question\":%s,\"id\":%1$s}", "{\"session\":%s}", "{\"interval\":%s}",
			"{\"timeout\":%s,\"interval\":%1$s}", "{\"id\":1,\"id\":%s,\"result\":1}", "[%s]", "%s", "{\"a\":%s");

	private static final List<String> VALUES = List.of("null", "true", "0", "-1", "1e400", "1E-400", "-0.0",
			"9".repeat(1000), "\"\"", "\"\\ud800\"", "\"\\u0000\\n\"", "\"" + "x".repeat(10_000) + "\"", "{}", "[]",
			"{\"id\":{\"id\":1}}", "[[1],{\"a\":null}]", "[".repeat(500) + "]".repeat(500), "{\"a\":".repeat(2000),
			"\"", "nul", "\u0000");

	@RegisterExtension
	final CapturedLog log = new CapturedLog(InternalFailures.class);

	private final List<String> topic = new CopyOnWriteArrayList<>();

	@Test
	@Timeout(60)
	void aValueOfAnyTypeAtAnyPlaceEndsNothing() {
		Rig rig = rig().connect();
		CompletableFuture<Void> pending = rig.client.convertSendAndReceive("pending", null, Void.class);
		WebSocketSubscription subscription = rig.client.subscribe("a", (message) -> this.topic.add(message.text()));
		rig.connection().text("{\"id\":2,\"result\":\"a\"}");
		for (String place : PLACES) {
			for (String value : VALUES) {
				rig.connection().text(place.formatted(value));
			}
			assertThat(rig.state()).as(place).isEqualTo(ConnectionState.READY);
		}
		assertThat(this.log.list).isEmpty();
		assertThat(pending.handle((reply, failure) -> "ended")).succeedsWithin(Duration.ofSeconds(5));
		assertThat(subscription.isActive()).isTrue();
		assertWorks(rig);
	}

	@Tag("fuzz")
	@ParameterizedTest
	@ValueSource(
			strings = { "{\"id\":%d,\"result\":1}", "{\"id\":{\"a\":%d},\"result\":1}", "{\"id\":\"x%d\",\"error\":1}",
					"{\"type\":\"ack\",\"messageId\":\"%d\"}", "{\"type\":\"nack\",\"messageId\":\"%d\"}",
					"{\"on\":\"n%d\",\"end\":1}", "{\"session\":\"%d\"}", "{\"interval\":%d}" })
	@Timeout(60)
	void aHundredThousandNamesThatNothingHasLeaveNothingBehind(String message) {
		Rig rig = rig().connect();
		rig.client.subscribe("a", (text) -> this.topic.add(text.text()));
		rig.connection().text("{\"id\":1,\"result\":\"a\"}");
		IntFunction<String> padded = (i) -> message.formatted(10_000_000L + i)
			.replace("1}", "1,\"p\":\"" + "p".repeat(200) + "\"}");
		send(rig, padded, 10_000);
		int timers = rig.time.pendingTimers();
		long before = heap(rig);
		send(rig, padded, 100_000);
		assertThat(heap(rig) - before).isLessThan(10_000_000);
		assertThat(rig.time.pendingTimers()).isEqualTo(timers);
		assertThat(rig.client.getStatistics().getPendingRequests()).isZero();
		assertThat(this.log.list).isEmpty();
		assertWorks(rig);
	}

	private static void send(Rig rig, IntFunction<String> text, int count) {
		for (int i = 0; i < count; i++) {
			rig.connection().text(text.apply(i));
			if (i % 1000 == 0) {
				awaitListener(rig);
			}
		}
	}

	private static void awaitListener(Rig rig) {
		String last = "end";
		rig.connection().text(last);
		await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> rig.received.contains(last));
		rig.received.clear();
	}

	private static long heap(Rig rig) {
		awaitListener(rig);
		long least = Long.MAX_VALUE;
		for (int i = 0; i < 3; i++) {
			System.gc();
			least = Math.min(least, Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory());
		}
		return least;
	}

	private void assertWorks(Rig rig) {
		int before = rig.connection().sentTexts().size();
		CompletableFuture<Integer> call = rig.client.convertSendAndReceive("works", null, Integer.class);
		// a callback thread may be using the executor at the moment
		await().until(() -> rig.connection().sentTexts().size() > before);
		String text = rig.connection().sentTexts().get(before);
		rig.connection().text(text.replaceFirst("^(\\{\"id\":\\d+),.*$", "$1,\"result\":5}"));
		assertThat(call).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(5);
		this.topic.clear();
		rig.connection().text("{\"on\":\"a\",\"data\":\"works\"}");
		await().until(() -> this.topic.equals(List.of("{\"on\":\"a\",\"data\":\"works\"}")));
	}

	private static Rig rig() {
		return new Rig(
				(builder) -> builder
					.request((request) -> request.withSend("{\"id\":{{id}},\"call\":{{destination}}}")
						.withReply("/result", "/id", "/result")
						.withError("/error", "", "/error"))
					.subscription((subscription) -> subscription.withSend("{\"id\":{{id}},\"sub\":{{destination}}}")
						.withKey("/result")
						.withMessageKey("/on")
						.withPayload("/data")
						.withOnMessage(List.of(new OnMessage("/end && /on = nobody", Action.END))))
					.session((session) -> session.withCaptures(Map.of("session", new Capture("/session", "")))
						.withAutoReplies(List
							.of(new AutoReply("/ask", "{\"auto\":{{/id}},\"text\":\"{{/ask}}\",\"s\":{{session|0}}}"))))
					.heartbeat((heartbeat) -> heartbeat.withIntervalFrom("/interval").withTimeoutFrom("/timeout"))
					.inbound((inbound) -> inbound.withRequest(inbound.request()
						.withWhen("/question")
						.withReply("{\"answer\":{{/id}}}")
						.withError("{\"failed\":\"{{/id}}\"}")))
					.delivery(DeliverySettings::atLeastOnce)
					.delivery((delivery) -> delivery.withNack("/type = nack", "/messageId", "/why")));
	}

}
