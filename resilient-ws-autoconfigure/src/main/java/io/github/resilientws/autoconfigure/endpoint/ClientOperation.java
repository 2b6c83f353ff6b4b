package io.github.resilientws.autoconfigure.endpoint;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ResilientWebSocketClient;

/**
 * Operations of the endpoint on a client.
 */
enum ClientOperation {

	/** Connect. */
	CONNECT(false, (client, id) -> OperationAwaiter.await(client, ResilientWebSocketClient::connect)),

	/** Close. */
	DISCONNECT(false, (client, id) -> OperationAwaiter.await(client, ResilientWebSocketClient::disconnect)),

	/** Replace the connection. */
	RECONNECT(false, (client, id) -> OperationAwaiter.await(client, ResilientWebSocketClient::reconnect)),

	/** Pause. */
	SUSPEND(false, (client, id) -> OperationAwaiter.await(client, ResilientWebSocketClient::suspend)),

	/** End the pause. */
	RESUME(false, (client, id) -> OperationAwaiter.await(client, ResilientWebSocketClient::resume)),

	/** Send a dead letter again. */
	RESUBMIT(true, DeadLetterOperations::resubmit),

	/** Discard a dead letter. */
	DISCARD(true, DeadLetterOperations::discard);

	private final boolean needsId;

	private final BiConsumer<ResilientWebSocketClient, String> command;

	ClientOperation(boolean needsId, BiConsumer<ResilientWebSocketClient, String> command) {
		this.needsId = needsId;
		this.command = command;
	}

	boolean needsId() {
		return this.needsId;
	}

	/**
	 * Operate a client.
	 * @param client the client
	 * @param id id of a dead letter; ignored where none is needed
	 * @throws java.util.NoSuchElementException if there is no such dead letter
	 * @throws IllegalStateException if it is not possible in the client's state
	 */
	void perform(ResilientWebSocketClient client, @Nullable String id) {
		this.command.accept(client, (id != null) ? id : "");
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
