package io.github.resilientws.listener;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import io.github.resilientws.FakeClient;
import io.github.resilientws.FakeClient.FakeSubscription;
import io.github.resilientws.FakeClients;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.WebSocketSubscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Methods that subscribe.
 */
class SubscribingListenerTests {

	@Test
	void methodGetsTheMessagesOfItsSubscriptionsOnly() {
		try (ListenerContext context = started(Prices.class)) {
			FakeClient chat = context.clients().get("chat");
			assertThat(chat.subscriptions).extracting(FakeSubscription::destination)
				.containsExactly("prices.eu", "prices.us");
			assertThat(chat.listeners).isEmpty();
			chat.receive("{\"kind\":\"price\",\"data\":0}");
			chat.receive("prices.eu", "{\"kind\":\"price\",\"data\":1}");
			chat.receive("prices.us", "{\"kind\":\"price\",\"data\":2}");
			chat.receive("prices.us", "{\"kind\":\"other\",\"data\":3}");
			assertThat(context.getBean(Received.class).values()).containsExactly("1", "2");
		}
	}

	@Test
	void payloadIsThatOfTheClientUnlessTheMethodTakesTheWholeMessage() {
		try (ListenerContext context = started(Payloads.class)) {
			context.clients().get("chat").receive("a", "{\"data\":{\"x\":1},\"own\":2}");
			context.clients().get("chat").receive("a", "{\"own\":3}");
			assertThat(context.getBean(Received.class).values()).containsExactlyInAnyOrder("default {\"x\":1}",
					"map {x=1}", "own 2", "own 3", "whole {\"data\":{\"x\":1},\"own\":2}", "whole {\"own\":3}");
		}
	}

	@Test
	void subscriptionsEndWithTheContext() {
		ListenerContext context = started(Prices.class);
		FakeClient chat = context.clients().get("chat");
		context.close();
		assertThat(chat.subscriptions).isEmpty();
	}

	@Test
	void clientThatCannotSubscribeIsNamedWithTheKey() {
		FakeClient mute = new FakeClient("mute") {
			@Override
			public WebSocketSubscription subscribe(OutboundMessage subscription, WebSocketMessageListener listener) {
				throw new IllegalStateException("[mute] subscription.send is not set");
			}
		};
		try (ListenerContext context = started(Everywhere.class)) {
			assertThatThrownBy(() -> context.getBean(WebSocketListenerMethodProcessor.class).register(mute))
				.isInstanceOf(InvalidListenerException.class)
				.hasMessageContaining("Everywhere.on(String)")
				.hasMessageContaining("'mute'")
				.hasMessageContaining("resilient-ws.clients.mute.subscription.send");
		}
	}

	@Test
	void placeholderWithoutAValueAndEmptyDestinationAreRefused() {
		assertThatThrownBy(() -> started(Unresolved.class)).isInstanceOf(InvalidListenerException.class)
			.hasMessageContaining("Unresolved.on()")
			.hasMessageContaining("nowhere");
		assertThatThrownBy(() -> started(Empty.class)).isInstanceOf(InvalidListenerException.class)
			.hasMessageContaining("Empty.on()")
			.hasMessageContaining("${region:}");
	}

	private static ListenerContext started(Class<?>... beans) {
		ListenerContext context = new ListenerContext(new FakeClients("chat"), (name) -> null, (client) -> "/data");
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new MapPropertySource("test", Map.of("market", "eu")));
		context.setEnvironment(environment);
		context.register(Received.class);
		context.register(beans);
		context.refresh();
		return context;
	}

	record Prices(Received received) {

		@WebSocketListener(client = "chat", subscribe = { "prices.${market}", "prices.us" }, when = "/kind = price",
				payload = "/data")
		void on(String price) {
			this.received.add(price);
		}

	}

	record Payloads(Received received) {

		@WebSocketListener(subscribe = "a")
		void text(String text) {
			this.received.add("default " + text);
		}

		@WebSocketListener(subscribe = "a")
		void map(Map<String, Object> map) {
			this.received.add("map " + map);
		}

		@WebSocketListener(subscribe = "a", payload = "/own")
		void own(String own) {
			this.received.add("own " + own);
		}

		@WebSocketListener(subscribe = "a")
		void whole(InboundMessage message) {
			this.received.add("whole " + message.text());
		}

	}

	static class Everywhere {

		@WebSocketListener(subscribe = "a")
		void on(String text) {
		}

	}

	static class Unresolved {

		@WebSocketListener(subscribe = "${nowhere}")
		void on() {
		}

	}

	static class Empty {

		@WebSocketListener(subscribe = "${region:}")
		void on() {
		}

	}

}
