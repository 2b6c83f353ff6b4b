package io.github.resilientws.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.converter.MessageConverter;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;

/**
 * Assigns listener methods to the clients that they name.
 */
class ListenerMethodAssignment {

	private final List<ListenerMethod> methods;

	private final Function<String, @Nullable MessageConverter> converters;

	ListenerMethodAssignment(List<ListenerMethod> methods, Function<String, @Nullable MessageConverter> converters) {
		this.methods = methods;
		this.converters = converters;
	}

	void checkNames(ResilientWebSocketClients clients) {
		for (ListenerMethod method : this.methods) {
			String name = method.annotation().client();
			if (!name.isEmpty()) {
				check(clients, method, name);
			}
		}
	}

	private static void check(ResilientWebSocketClients clients, ListenerMethod method, String name) {
		try {
			clients.get(name);
		}
		catch (IllegalArgumentException ex) {
			List<String> names = new ArrayList<>();
			clients.forEach((client) -> names.add(client.getName()));
			throw new InvalidListenerException(method.signature().description() + ": there is no client '" + name
					+ "'; allowed are " + names + ", or an empty name for all", ex);
		}
	}

	/**
	 * Return the methods of a client.
	 * @param client the client
	 * @return its methods, or {@code null} if it has none
	 */
	@Nullable ListenerGroup group(ResilientWebSocketClient client) {
		List<ListenerMethod> own = own(client, false);
		return own.isEmpty() ? null : factory(client).group(own, "");
	}

	/**
	 * Return the methods of a client that subscribe.
	 * @param client the client
	 * @return the methods
	 */
	List<ListenerMethod> subscribing(ResilientWebSocketClient client) {
		return own(client, true);
	}

	/**
	 * Return a method as the listener of its subscriptions.
	 * @param client the client
	 * @param method the method
	 * @param payload default locator of the payload; empty for the whole message
	 * @return the listener
	 */
	ListenerGroup subscribed(ResilientWebSocketClient client, ListenerMethod method, String payload) {
		return factory(client).group(List.of(method), payload);
	}

	private List<ListenerMethod> own(ResilientWebSocketClient client, boolean subscribing) {
		return this.methods.stream()
			.filter((method) -> serves(method, client.getName())
					&& (method.annotation().subscribe().length > 0) == subscribing)
			.toList();
	}

	private ListenerGroupFactory factory(ResilientWebSocketClient client) {
		return new ListenerGroupFactory(client, () -> this.converters.apply(client.getName()));
	}

	private static boolean serves(ListenerMethod method, String client) {
		String name = method.annotation().client();
		return name.isEmpty() || name.equals(client);
	}

}
