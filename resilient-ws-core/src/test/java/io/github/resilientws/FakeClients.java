package io.github.resilientws;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Some fake clients.
 */
public class FakeClients implements ResilientWebSocketClients {

	private final Map<String, ResilientWebSocketClient> clients = new LinkedHashMap<>();

	public FakeClients(String... names) {
		Arrays.stream(names).forEach((name) -> this.clients.put(name, new FakeClient(name)));
	}

	@Override
	public FakeClient get(String name) {
		ResilientWebSocketClient client = this.clients.get(name);
		if (client == null) {
			throw new IllegalArgumentException("no client '" + name + "'");
		}
		return (FakeClient) client;
	}

	@Override
	public Iterator<ResilientWebSocketClient> iterator() {
		return this.clients.values().iterator();
	}

}
