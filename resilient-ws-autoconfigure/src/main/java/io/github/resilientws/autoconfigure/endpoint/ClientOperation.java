package io.github.resilientws.autoconfigure.endpoint;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ResilientWebSocketClient;

/**
 * What the endpoint can do with a client.
 */
enum ClientOperation {

	/** Connect. */
	CONNECT(ResilientWebSocketClient::connect),

	/** Close. */
	DISCONNECT(ResilientWebSocketClient::disconnect),

	/** Connect anew. */
	RECONNECT(ResilientWebSocketClient::reconnect),

	/** Pause. */
	SUSPEND(ResilientWebSocketClient::suspend),

	/** End the pause. */
	RESUME(ResilientWebSocketClient::resume);

	private final Function<ResilientWebSocketClient, CompletableFuture<Void>> command;

	ClientOperation(Function<ResilientWebSocketClient, CompletableFuture<Void>> command) {
		this.command = command;
	}

	CompletableFuture<Void> start(ResilientWebSocketClient client) {
		return this.command.apply(client);
	}

	static @Nullable ClientOperation find(@Nullable String name) {
		return Arrays.stream(values()).filter((one) -> one.lowerCase().equals(name)).findFirst().orElse(null);
	}

	static String names() {
		return Arrays.stream(values()).map(ClientOperation::lowerCase).collect(Collectors.joining(", "));
	}

	private String lowerCase() {
		return name().toLowerCase(Locale.ROOT);
	}

}
