package com.example;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

import io.github.resilientws.ResilientWebSocketClient;

class Feed implements AutoCloseable {

	private final ResilientWebSocketClient client;

	Feed(URI url, Consumer<String> prices) {
		this.client = ResilientWebSocketClient.builder("feed", url)
			.reconnect((reconnect) -> reconnect.withBackOff(Duration.ofMillis(500), 2, Duration.ofSeconds(20)))
			.listener((message) -> prices.accept(message.text()))
			.build();
		this.client.connect();
	}

	void subscribe(String symbol) {
		this.client.send("subscribe " + symbol);
	}

	@Override
	public void close() {
		this.client.disconnect().join();
	}

}
