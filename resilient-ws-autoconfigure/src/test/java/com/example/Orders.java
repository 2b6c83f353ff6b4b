package com.example;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

import io.github.resilientws.Delivery;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.settings.StoreSettings.Sync;

class Orders implements AutoCloseable {

	private final ResilientWebSocketClient client;

	Orders(URI url, Path directory) {
		this.client = ResilientWebSocketClient.builder("orders", url)
			.delivery((delivery) -> delivery.atLeastOnce().withWindow(256))
			.queue((queue) -> queue.withStore(StoreSettings.file(directory).withSync(Sync.ALWAYS)))
			.build();
		this.client.connect();
	}

	CompletableFuture<Delivery> place(String order) {
		return this.client.send(order);
	}

	@Override
	public void close() {
		this.client.disconnect().join();
	}

}
