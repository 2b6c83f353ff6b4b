package io.github.resilientws.listener;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;

/**
 * Assigns listener methods to the clients they name.
 */
class ClientMethods {

	private final ResilientWebSocketClients clients;

	ClientMethods(ResilientWebSocketClients clients) {
		this.clients = clients;
	}

	Map<ResilientWebSocketClient, List<ListenerMethod>> group(List<ListenerMethod> methods) {
		Map<ResilientWebSocketClient, List<ListenerMethod>> groups = new LinkedHashMap<>();
		for (ListenerMethod method : methods) {
			for (ResilientWebSocketClient client : clientsOf(method)) {
				groups.computeIfAbsent(client, (key) -> new ArrayList<>()).add(method);
			}
		}
		return groups;
	}

	private Iterable<ResilientWebSocketClient> clientsOf(ListenerMethod method) {
		String name = method.annotation().client();
		if (name.isEmpty()) {
			return this.clients;
		}
		try {
			return List.of(this.clients.get(name));
		}
		catch (IllegalArgumentException ex) {
			List<String> names = new ArrayList<>();
			this.clients.forEach((client) -> names.add(client.getName()));
			throw new InvalidListenerException(method.signature().description() + ": there is no client '" + name
					+ "'; allowed are " + names + ", or an empty name for all", ex);
		}
	}

}
