package io.github.resilientws.listener;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.messaging.converter.MessageConverter;

import io.github.resilientws.FakeClients;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;

/**
 * A Spring context with the processor, and the fake clients {@code chat} and
 * {@code feed}.
 */
class ListenerContext extends AnnotationConfigApplicationContext {

	private final FakeClients clients;

	ListenerContext(FakeClients clients, Function<String, @Nullable MessageConverter> converters) {
		this(clients, converters, (client) -> "");
	}

	ListenerContext(FakeClients clients, Function<String, @Nullable MessageConverter> converters,
			Function<ResilientWebSocketClient, String> payloads) {
		this.clients = clients;
		registerBean(ResilientWebSocketClients.class, () -> clients);
		registerBean(WebSocketListenerMethodProcessor.class,
				() -> new WebSocketListenerMethodProcessor(converters, payloads));
	}

	static ListenerContext with(Class<?>... beans) {
		ListenerContext context = new ListenerContext(new FakeClients("chat", "feed"), (name) -> null);
		context.register(beans);
		return context;
	}

	static ListenerContext started(Class<?>... beans) {
		ListenerContext context = with(beans);
		context.refresh();
		return context;
	}

	void receive(String client, String text) {
		this.clients.get(client).receive(text);
	}

	FakeClients clients() {
		return this.clients;
	}

}
