package io.github.resilientws.internal.subscription;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.WebSocketReplyException;
import io.github.resilientws.WebSocketSubscription;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.internal.subscription.SubscriptionRig.Listener;
import io.github.resilientws.settings.SubscriptionSettings;
import io.github.resilientws.settings.SubscriptionSettings.Action;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * Subscriptions over a scripted connection in virtual time.
 */
class SubscriptionTests {

	private static final Duration TIMEOUT = SubscriptionSettings.DEFAULTS.timeout();

	@Test
	void subscriptionThatCannotBeWrittenAgainIsTriedUntilItCan() {
		AtomicBoolean broken = new AtomicBoolean();
		Rig rig = SubscriptionRig.replied(
				(settings) -> settings.withSend("{\"id\":{{id}},\"sub\":{{destination}},\"sig\":{{sig}}}"),
				(builder) -> builder.handshakeCustomizer((handshake) -> handshake.setValue("sig", (values) -> {
					if (broken.get()) {
						throw new IOException("no key");
					}
					return "s";
				})));
		rig.client.connect().join();
		Listener a = SubscriptionRig.listen(rig, "a");
		rig.connection().text("{\"id\":1,\"result\":1}");
		broken.set(true);
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		await().until(() -> rig.state() == ConnectionState.READY);
		rig.advance(Duration.ofSeconds(3));
		assertThat(rig.connection().sentTexts()).isEmpty();
		broken.set(false);
		rig.advance(Duration.ofSeconds(5));
		assertThat(rig.connection().sentTexts()).hasSize(1);
		rig.connection().text("{\"topic\":\"a\",\"data\":1}");
		SubscriptionRig.settle(rig);
		assertThat(a.texts()).hasSize(1);
		assertThat(rig.observed("subscription")).isEmpty();
	}

	@Test
	void eachListenerGetsExactlyItsMessagesOverFiveConnectionsWithNewNames() {
		Rig rig = SubscriptionRig.replied((settings) -> settings.withKey("/result"));
		List<Listener> listeners = IntStream.range(0, 200)
			.mapToObj((i) -> SubscriptionRig.listen(rig, "d" + i))
			.toList();
		rig.connect();
		AtomicInteger names = new AtomicInteger(7000);
		List<List<String>> expected = IntStream.range(0, 200).<List<String>>mapToObj((i) -> new ArrayList<>()).toList();
		for (int connection = 1; connection <= 5; connection++) {
			assertThat(rig.connection().sentTexts())
				.isEqualTo(IntStream.range(0, 200).mapToObj((i) -> sub(i + 1, "d" + i)).toList());
			int first = names.get();
			for (int i = 199; i >= 0; i--) {
				rig.connection().text("{\"id\":" + (i + 1) + ",\"result\":\"n" + names.getAndIncrement() + "\"}");
			}
			assertThat(rig.client.getStatistics().getActiveSubscriptions()).isEqualTo(200);
			for (int i = 0; i < 200; i++) {
				// names of the previous connection belong to no subscription
				rig.connection().text("{\"topic\":\"n" + (first - 1 - i) + "\",\"data\":\"old\"}");
				String text = "{\"topic\":\"n" + (first + 199 - i) + "\",\"data\":" + connection + "}";
				expected.get(i).add(text);
				rig.connection().text(text);
			}
			SubscriptionRig.settle(rig);
			rig.connection().lose(1006);
			assertThat(rig.client.getStatistics().getActiveSubscriptions()).isZero();
			assertThat(rig.client.getStatistics().getPendingSubscriptions()).isEqualTo(200);
			rig.client.reconnect();
		}
		assertThat(listeners.stream().map(Listener::texts)).isEqualTo(expected);
		assertThat(rig.received).hasSize(5 * 400);
	}

	@Test
	void subscriptionsGoBeforeTheOutboxInTheOrderInWhichTheyWereMade() {
		Rig rig = SubscriptionRig.replied((settings) -> settings);
		rig.client.send("data");
		SubscriptionRig.listen(rig, "b");
		SubscriptionRig.listen(rig, "a");
		rig.connect();
		SubscriptionRig.listen(rig, "c");
		assertThat(rig.connection().sentTexts()).containsExactly(sub(1, "b"), sub(2, "a"), "data", sub(3, "c"));
	}

	@Test
	void theReplyConfirms() {
		Rig rig = SubscriptionRig.replied((settings) -> settings).connect();
		Listener a = SubscriptionRig.listen(rig, "a");
		assertThat(a.subscription().getDestination()).isEqualTo("a");
		assertThat(a.subscription().isActive()).isFalse();
		assertThat(a.subscription().active()).isNotDone();
		rig.connection().text("{\"topic\":\"a\",\"data\":0}");
		rig.connection().text("{\"id\":1,\"result\":{}}");
		a.subscription().active().join();
		assertThat(a.subscription().isActive()).isTrue();
		rig.connection().text("{\"topic\":\"a\",\"data\":1}");
		rig.connection().text("{\"topic\":\"b\",\"data\":2}");
		SubscriptionRig.settle(rig);
		assertThat(a.texts()).containsExactly("{\"topic\":\"a\",\"data\":0}", "{\"topic\":\"a\",\"data\":1}");
		assertThat(rig.received).hasSize(3);
		rig.advance(TIMEOUT.multipliedBy(2));
		assertThat(rig.observed("subscription")).isEmpty();
	}

	@Test
	void aMessageConfirmsTheOldestOrTheOneWhoseIdItHas() {
		Rig rig = SubscriptionRig.replied((settings) -> settings.withAwait("/type = subscribed")).connect();
		Listener a = SubscriptionRig.listen(rig, "a");
		Listener b = SubscriptionRig.listen(rig, "b");
		Listener c = SubscriptionRig.listen(rig, "c");
		rig.connection().text("{\"type\":\"subscribed\",\"id\":2,\"result\":1}");
		assertThat(active(a, b, c)).containsExactly(false, true, false);
		rig.connection().text("{\"type\":\"subscribed\"}");
		assertThat(active(a, b, c)).containsExactly(true, true, false);
		rig.connection().text("{\"id\":3,\"error\":1}");
		assertThat(reason(c.subscription())).isEqualTo(Reason.NEGATIVE);
		rig.connection().text("{\"type\":\"subscribed\"}");
		SubscriptionRig.settle(rig);
		assertThat(rig.received).containsExactly("{\"type\":\"subscribed\"}");
	}

	@Test
	void writtenIsConfirmed() {
		Rig rig = SubscriptionRig.written((settings) -> settings).connect();
		rig.connection().holdWrites();
		Listener a = SubscriptionRig.listen(rig, "a");
		assertThat(a.subscription().isActive()).isFalse();
		rig.connection().releaseWrites();
		a.subscription().active().join();
		assertThat(a.subscription().isActive()).isTrue();
		assertThat(rig.connection().sentTexts()).containsExactly("sub a");
	}

	@Test
	void aRefusedSubscriptionIsNotSentAgain() {
		Rig rig = SubscriptionRig.replied((settings) -> settings).connect();
		Listener a = SubscriptionRig.listen(rig, "a");
		rig.connection().text("{\"id\":1,\"error\":{\"code\":7}}");
		WebSocketReplyException failure = (WebSocketReplyException) Rig.failure(a.subscription().active());
		assertThat(failure.getPayload(Map.class)).containsEntry("code", 7);
		assertThat(failure.getMessageId()).isEqualTo("1");
		assertThat(rig.observed("subscription"))
			.containsExactly("subscription a REFUSED {\"id\":1,\"error\":{\"code\":7}}");
		assertThat(rig.client.getStatistics().getPendingSubscriptions()).isZero();
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.connection(2).sentTexts()).isEmpty();
		// it may be tried again
		SubscriptionRig.listen(rig, "a");
		assertThat(rig.connection(2).sentTexts()).containsExactly(sub(1, "a"));
	}

	@Test
	void aSubscriptionThatIsNotConfirmedInTimeStays() {
		Rig rig = SubscriptionRig.replied((settings) -> settings).connect();
		Listener a = SubscriptionRig.listen(rig, "a");
		rig.advance(TIMEOUT.minusNanos(1));
		assertThat(a.subscription().active()).isNotDone();
		rig.advance(Duration.ofNanos(1));
		assertThat(Rig.failure(a.subscription().active())).isInstanceOf(TimeoutException.class);
		assertThat(rig.observed("subscription")).containsExactly("subscription a TIMED_OUT");
		Listener late = SubscriptionRig.listen(rig, "a");
		assertThat(Rig.failure(late.subscription().active())).isInstanceOf(TimeoutException.class);
		rig.connection().text("{\"topic\":\"a\"}");
		SubscriptionRig.settle(rig);
		assertThat(a.texts()).hasSize(1);
		rig.connection().text("{\"id\":1,\"result\":{}}");
		assertThat(a.subscription().isActive()).isTrue();
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.connection(2).sentTexts()).containsExactly(sub(1, "a"));
	}

	@Test
	void subscriptionsThatAreClosedWithoutAConnectionAreForgotten() {
		Rig rig = SubscriptionRig.replied((settings) -> settings);
		Listener a = SubscriptionRig.listen(rig, "a");
		Listener b = SubscriptionRig.listen(rig, "b");
		a.subscription().close();
		a.subscription().close();
		rig.connect();
		assertThat(rig.connection().sentTexts()).containsExactly(sub(1, "b"));
		assertThatThrownBy(() -> a.subscription().active().join()).isInstanceOf(CancellationException.class);
		rig.connection().lose(1006);
		b.subscription().close();
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.connection(2).sentTexts()).isEmpty();
	}

	@Test
	void suspendAndDisconnectKeepSubscriptionsAndCancelNothing() {
		Rig rig = SubscriptionRig.replied((settings) -> settings).connect();
		SubscriptionRig.listen(rig, "a");
		rig.client.suspend();
		rig.client.resume();
		assertThat(rig.connection(1).sentTexts()).containsExactly(sub(1, "a"));
		assertThat(rig.connection(2).sentTexts()).containsExactly(sub(1, "a"));
		rig.client.disconnect();
		SubscriptionRig.listen(rig, "b");
		rig.client.connect();
		assertThat(rig.connection(3).sentTexts()).containsExactly(sub(1, "a"), sub(2, "b"));
	}

	@Test
	void equalSubscriptionsAreOneOnTheWire() {
		Rig rig = SubscriptionRig
			.replied((settings) -> settings.withSend("{\"id\":{{id}},\"sub\":{{destination}}{{payload:members}}}"))
			.connect();
		Listener first = SubscriptionRig.listen(rig, "a");
		Listener second = SubscriptionRig.listen(rig, "a");
		OutboundMessage other = OutboundMessage.of(Map.of("x", 1)).withDestination("a");
		WebSocketSubscription third = rig.client.subscribe(other, (message) -> {
		});
		rig.client.subscribe(OutboundMessage.of(Map.of("x", 1)).withDestination("a"), (message) -> {
		});
		assertThat(rig.connection().sentTexts()).containsExactly(sub(1, "a"), "{\"id\":2,\"sub\":\"a\",\"x\":1}");
		rig.connection().text("{\"id\":1,\"result\":1}");
		Listener late = SubscriptionRig.listen(rig, "a");
		late.subscription().active().join();
		second.subscription().active().join();
		assertThat(third.active()).isNotDone();
		first.subscription().close();
		rig.connection().text("{\"topic\":\"a\"}");
		SubscriptionRig.settle(rig);
		assertThat(first.texts()).isEmpty();
		assertThat(second.texts()).hasSize(1);
		assertThat(late.texts()).hasSize(1);
		second.subscription().close();
		assertThat(rig.connection().sentTexts()).hasSize(2);
		late.subscription().close();
		assertThat(rig.connection().sentTexts()).hasSize(3).last().isEqualTo("{\"id\":3,\"unsub\":\"a\"}");
	}

	@Test
	void messagesAfterTheCancellationAreOrdinary() {
		Rig rig = SubscriptionRig.replied((settings) -> settings).connect();
		Listener a = SubscriptionRig.listen(rig, "a");
		rig.connection().text("{\"id\":1,\"result\":1}");
		a.subscription().close();
		rig.connection().text("{\"id\":2,\"result\":1}");
		rig.connection().text("{\"topic\":\"a\"}");
		SubscriptionRig.settle(rig);
		assertThat(a.texts()).isEmpty();
		assertThat(rig.received).containsExactly("{\"topic\":\"a\"}");
		assertThat(a.subscription().isActive()).isFalse();
	}

	@Test
	void aFinishedSubscriptionIsRemoved() {
		Rig rig = SubscriptionRig
			.replied((settings) -> settings.withOnMessage(SubscriptionRig.onMessage("/data = bye", Action.END)))
			.connect();
		Listener a = SubscriptionRig.listen(rig, "a");
		rig.connection().text("{\"id\":1,\"result\":1}");
		rig.connection().text("{\"topic\":\"a\",\"data\":\"bye\"}");
		rig.connection().text("{\"topic\":\"b\",\"data\":\"bye\"}");
		SubscriptionRig.settle(rig);
		assertThat(a.texts()).isEmpty();
		assertThat(rig.received).containsExactly("{\"topic\":\"b\",\"data\":\"bye\"}");
		assertThat(a.subscription().isActive()).isFalse();
		assertThat(rig.observed("subscription"))
			.containsExactly("subscription a ENDED {\"topic\":\"a\",\"data\":\"bye\"}");
		a.subscription().close();
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.connection(1).sentTexts()).hasSize(1);
		assertThat(rig.connection(2).sentTexts()).isEmpty();
	}

	@Test
	void failAfterTheConfirmationRefusesButActiveKeepsItsResult() {
		Rig rig = SubscriptionRig
			.replied((settings) -> settings.withOnMessage(SubscriptionRig.onMessage("/data = no", Action.FAIL)))
			.connect();
		Listener a = SubscriptionRig.listen(rig, "a");
		rig.connection().text("{\"id\":1,\"result\":1}");
		a.subscription().active().join();
		rig.connection().text("{\"topic\":\"a\",\"data\":\"no\"}");
		assertThat(a.subscription().isActive()).isFalse();
		assertThat(a.subscription().active()).isCompleted();
		assertThat(rig.observed("subscription")).hasSize(1).first().asString().startsWith("subscription a REFUSED");
	}

	@Test
	void aRenewedSubscriptionIsSentAgainAfterItsOwnBackOff() {
		Rig rig = SubscriptionRig
			.replied((settings) -> settings.withOnMessage(SubscriptionRig.onMessage("/data = gone", Action.RENEW)),
					(builder) -> builder.reconnect((reconnect) -> reconnect.withInitialDelay(Duration.ofMillis(100))
						.withMultiplier(3)
						.withMaxDelay(Duration.ofMillis(500))
						.withResetAfter(Duration.ofSeconds(5))))
			.connect();
		Listener a = SubscriptionRig.listen(rig, "a");
		int id = 1;
		for (long delay : new long[] { 100, 300, 500, 500 }) {
			rig.connection().text("{\"id\":" + id + ",\"result\":1}");
			assertThat(a.subscription().isActive()).isTrue();
			rig.connection().text("{\"topic\":\"a\",\"data\":\"gone\"}");
			assertThat(a.subscription().isActive()).isFalse();
			rig.advanceMillis(delay - 1);
			assertThat(rig.connection().sentTexts()).hasSize(id);
			rig.advanceMillis(1);
			id++;
			assertThat(rig.connection().sentTexts()).hasSize(id).last().isEqualTo(sub(id, "a"));
		}
		rig.connection().text("{\"id\":" + id + ",\"result\":1}");
		rig.advance(Duration.ofSeconds(5));
		rig.connection().text("{\"topic\":\"a\",\"data\":\"gone\"}");
		rig.advanceMillis(100);
		assertThat(rig.connection().sentTexts()).hasSize(id + 1);
		rig.connection().text("{\"topic\":\"a\",\"data\":\"gone\"}");
		a.subscription().close();
		rig.advance(Duration.ofSeconds(5));
		assertThat(rig.connection().sentTexts()).hasSize(id + 1);
		assertThat(rig.observed("subscription")).isEmpty();
	}

	@Test
	void withWindowOneSubscriptionsGoOneByOneAndHoldTheOutbox() {
		Rig rig = SubscriptionRig.replied((settings) -> settings,
				(builder) -> builder.request((request) -> request.withWindow(1)));
		rig.client.send("data");
		CompletableFuture<Integer> call = rig.client.convertSendAndReceive("m", null, Integer.class);
		SubscriptionRig.listen(rig, "a");
		SubscriptionRig.listen(rig, "b");
		Listener c = SubscriptionRig.listen(rig, "c");
		rig.connect();
		assertThat(rig.connection().sentTexts()).containsExactly(sub(1, "a"));
		rig.connection().text("{\"id\":1,\"result\":1}");
		assertThat(rig.connection().sentTexts()).hasSize(2).last().isEqualTo(sub(2, "b"));
		// b is never answered
		rig.advance(TIMEOUT);
		assertThat(rig.connection().sentTexts().subList(2, 4)).containsExactly(sub(3, "c"), "data");
		assertThat(Rig.failure(call)).isInstanceOf(WebSocketDeliveryException.class);
		rig.connection().text("{\"id\":3,\"error\":1}");
		assertThat(reason(c.subscription())).isEqualTo(Reason.NEGATIVE);
		CompletableFuture<Integer> next = rig.client.convertSendAndReceive("m", null, Integer.class);
		Listener d = SubscriptionRig.listen(rig, "d");
		rig.client.send("behind");
		assertThat(rig.connection().sentTexts()).hasSize(5);
		d.subscription().close();
		assertThat(rig.connection().sentTexts()).hasSize(6).last().isEqualTo("behind");
		rig.connection().text("{\"id\":4,\"result\":5}");
		assertThat(next.join()).isEqualTo(5);
	}

	@Test
	void aSocketThatIsNotWritableHoldsSubscriptionsAndWhatIsBehindThem() {
		Rig rig = SubscriptionRig.written((settings) -> settings).connect();
		rig.connection().setWritable(false);
		SubscriptionRig.listen(rig, "a");
		rig.client.send("data");
		assertThat(rig.connection().sentTexts()).isEmpty();
		rig.connection().setWritable(true);
		assertThat(rig.connection().sentTexts()).containsExactly("sub a", "data");
	}

	private static String sub(int id, String destination) {
		return "{\"id\":" + id + ",\"sub\":\"" + destination + "\"}";
	}

	private static List<Boolean> active(Listener... listeners) {
		return List.of(listeners).stream().map((listener) -> listener.subscription().isActive()).toList();
	}

	private static Reason reason(WebSocketSubscription subscription) {
		await().until(() -> subscription.active().isDone());
		return ((WebSocketDeliveryException) Rig.failure(subscription.active())).getReason();
	}

}
