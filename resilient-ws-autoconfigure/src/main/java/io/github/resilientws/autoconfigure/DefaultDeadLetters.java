package io.github.resilientws.autoconfigure;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.github.resilientws.ClientDeadLetters;
import io.github.resilientws.DeadLetter;
import io.github.resilientws.DeadLetters;
import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClients;

/**
 * The dead letters of all clients, each read from its client.
 */
class DefaultDeadLetters implements DeadLetters {

	private final ResilientWebSocketClients clients;

	DefaultDeadLetters(ResilientWebSocketClients clients) {
		this.clients = clients;
	}

	@Override
	public List<DeadLetter> list(String client) {
		return of(client).list();
	}

	@Override
	public CompletableFuture<Delivery> resubmit(String client, String id) {
		return of(client).resubmit(id);
	}

	@Override
	public boolean discard(String client, String id) {
		return of(client).discard(id);
	}

	private ClientDeadLetters of(String client) {
		return this.clients.get(client).getDeadLetters();
	}

}
