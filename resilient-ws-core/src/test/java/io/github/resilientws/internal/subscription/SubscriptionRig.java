package io.github.resilientws.internal.subscription;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

import io.github.resilientws.ResilientWebSocketClient.Builder;
import io.github.resilientws.WebSocketSubscription;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.SubscriptionSettings;
import io.github.resilientws.settings.SubscriptionSettings.OnMessage;

import static org.awaitility.Awaitility.await;

/**
 * Clients that subscribe over a scripted connection in virtual time.
 */
final class SubscriptionRig {

	static final String SEND = "{\"id\":{{id}},\"sub\":{{destination}}}";

	static final String CANCEL = "{\"id\":{{id}},\"unsub\":{{destination}}}";

	private SubscriptionRig() {
	}

	/** Replies confirm, and messages name the destination. */
	static Rig replied(UnaryOperator<SubscriptionSettings> settings) {
		return replied(settings, (builder) -> builder);
	}

	static Rig replied(UnaryOperator<SubscriptionSettings> settings, UnaryOperator<Builder> more) {
		return new Rig((builder) -> more.apply(builder
			.request((request) -> request.withSend("{\"id\":{{id}},\"call\":{{destination}}}")
				.withReply("/result", "/id", "/result")
				.withError("/error", "", "/error"))
			.subscription((subscription) -> settings
				.apply(subscription.withSend(SEND).withCancel(CANCEL).withMessageKey("/topic").withPayload("/data")))));
	}

	/** Written is confirmed, and messages name the destination. */
	static Rig written(UnaryOperator<SubscriptionSettings> settings) {
		return new Rig((builder) -> builder
			.subscription((subscription) -> settings.apply(subscription.withSend("sub {{destination:raw}}")
				.withCancel("unsub {{destination:raw}}")
				.withMessageKey("/topic"))));
	}

	static Listener listen(Rig rig, String destination) {
		List<String> texts = new CopyOnWriteArrayList<>();
		return new Listener(rig.client.subscribe(destination, (message) -> texts.add(message.text())), texts);
	}

	/** Wait until all messages so far were passed on. */
	static void settle(Rig rig) {
		String last = "end " + rig.received.size();
		rig.connection().text(last);
		await().until(() -> rig.received.contains(last));
		rig.received.remove(last);
	}

	static List<OnMessage> onMessage(String when, SubscriptionSettings.Action action) {
		return List.of(new OnMessage(when, action));
	}

	record Listener(WebSocketSubscription subscription, List<String> texts) {

	}

}
