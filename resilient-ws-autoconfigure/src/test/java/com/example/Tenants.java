package com.example;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.springframework.stereotype.Component;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketListener;

@Component
class Tenants {

	private final ResilientWebSocketClients clients;

	Tenants(ResilientWebSocketClients clients) {
		this.clients = clients;
	}

	void add(String tenant, URI url, String apiKey) {
		this.clients.create("tenant-" + tenant,
				(client) -> client.urls(List.of(url))
					.header("X-Api-Key", apiKey)
					.heartbeat((heartbeat) -> heartbeat.withInterval(Duration.ofSeconds(15))));
	}

	void say(String tenant, String text) {
		this.clients.get("tenant-" + tenant).send(text);
	}

	CompletableFuture<Void> remove(String tenant) {
		return this.clients.remove("tenant-" + tenant);
	}

	@WebSocketListener(when = "/type = question")
	void answer(String question, ResilientWebSocketClient client) { // of any tenant
		client.send("{\"type\":\"answer\"}");
	}

}
