package io.github.resilientws.internal.subscription;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.WebSocketSubscription;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.internal.subscription.SubscriptionRig.Listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Listeners of subscriptions, and subscriptions that cannot be sent.
 */
class SubscriptionListenerTests {

	@Test
	void typedListenersGetThePayload() {
		Rig rig = SubscriptionRig.replied((settings) -> settings).connect();
		List<Object> contents = new ArrayList<>();
		rig.client.subscribe("a", Map.class, contents::add);
		rig.client.subscribe("a", String.class, contents::add);
		rig.connection().text("{\"topic\":\"a\",\"data\":{\"x\":1}}");
		rig.connection().text("{\"topic\":\"a\"}");
		rig.connection().text("{\"topic\":\"a\",\"data\":null}");
		SubscriptionRig.settle(rig);
		assertThat(contents).containsExactly(Map.of("x", 1), "{\"x\":1}");
	}

	@Test
	void listenersKeepTheOrderOfTheConnectionAndFailuresStayApart() {
		Rig rig = SubscriptionRig.replied((settings) -> settings).connect();
		List<String> order = new ArrayList<>();
		rig.client.subscribe("a", (message) -> {
			throw new IllegalStateException("listener");
		});
		rig.client.subscribe("a", (message) -> order.add("a"));
		rig.client.subscribe("b", (message) -> order.add("b"));
		for (String topic : List.of("a", "b", "b", "a")) {
			rig.connection().text("{\"topic\":\"" + topic + "\"}");
		}
		SubscriptionRig.settle(rig);
		assertThat(order).containsExactly("a", "b", "b", "a");
		assertThat(rig.received).hasSize(4);
	}

	@Test
	void aClosedListenerGetsNoMessageThatWaits() {
		Rig rig = SubscriptionRig.replied((settings) -> settings).connect();
		CompletableFuture<Void> release = new CompletableFuture<>();
		List<String> texts = new CopyOnWriteArrayList<>();
		WebSocketSubscription a = rig.client.subscribe("a", (message) -> {
			texts.add(message.text());
			release.join();
		});
		rig.connection().text("{\"topic\":\"a\",\"data\":1}");
		rig.connection().text("{\"topic\":\"a\",\"data\":2}");
		await().until(() -> texts.size() == 1);
		a.close();
		release.complete(null);
		SubscriptionRig.settle(rig);
		assertThat(texts).hasSize(1);
		assertThat(rig.received).hasSize(2);
	}

	@Test
	void aSubscriptionThatCannotBeSentIsRejected() {
		Rig rig = SubscriptionRig.replied((settings) -> settings.withSend("{{id}} {{room}}").withMessageKey(""))
			.connect();
		WebSocketSubscription unwritten = rig.client.subscribe("a", (message) -> {
		});
		assertThat(reason(unwritten)).isEqualTo(Reason.REJECTED);
		assertThat(rig.observed("subscription")).isEmpty();
		Rig missing = SubscriptionRig.replied((settings) -> settings.withSend("{{id}} {{room}} {{destination}}"))
			.connect();
		Listener a = SubscriptionRig.listen(missing, "a");
		assertThat(Rig.failure(a.subscription().active())).hasMessageContaining("{{room}}");
		assertThat(missing.observed("subscription")).containsExactly("subscription a REFUSED");
		missing.client.subscribe(OutboundMessage.empty().withDestination("b").withValue("room", "r"), (message) -> {
		});
		assertThat(missing.connection().sentTexts()).containsExactly("2 \"r\" \"b\"");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> missing.client.subscribe(OutboundMessage.empty(), (message) -> {
			}));
	}

	@Test
	void withoutATemplateTheExceptionNamesTheKey() {
		Rig rig = new Rig();
		assertThatIllegalStateException().isThrownBy(() -> SubscriptionRig.listen(rig, "a"))
			.withMessageContaining("subscription.send");
		assertThatIllegalStateException().isThrownBy(() -> rig.client.subscribe("a", String.class, (text) -> {
		})).withMessageContaining("subscription.send");
	}

	private static Reason reason(WebSocketSubscription subscription) {
		await().until(() -> subscription.active().isDone());
		return ((WebSocketDeliveryException) Rig.failure(subscription.active())).getReason();
	}

}
