package io.github.resilientws;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

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
	public FakeClient create(String name, Consumer<ResilientWebSocketClient.Builder> settings) {
		FakeClient client = new FakeClient(name);
		this.clients.put(name, client);
		return client;
	}

	@Override
	public CompletableFuture<Void> remove(String name) {
		this.clients.remove(name);
		return CompletableFuture.completedFuture(null);
	}

	@Override
	public Iterator<ResilientWebSocketClient> iterator() {
		return this.clients.values().iterator();
	}

}
