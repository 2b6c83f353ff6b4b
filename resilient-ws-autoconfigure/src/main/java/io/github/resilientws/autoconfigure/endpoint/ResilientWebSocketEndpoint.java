package io.github.resilientws.autoconfigure.endpoint;

import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.util.StringUtils;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.ClientConfigurations;
import io.github.resilientws.autoconfigure.ClientElections;

/**
 * Shows the state of each client, and operates it.
 *
 * @since 0.1
 */
@Endpoint(id = "resilientws", defaultAccess = Access.READ_ONLY)
public class ResilientWebSocketEndpoint {

	private final ResilientWebSocketClients clients;

	private final ClientConfigurations configurations;

	private final ClientElections elections;

	/**
	 * Create an endpoint.
	 * @param clients all clients
	 * @param configurations configuration of those that follow the properties
	 * @param elections elections of those that one instance at a time connects
	 */
	public ResilientWebSocketEndpoint(ResilientWebSocketClients clients, ClientConfigurations configurations,
			ClientElections elections) {
		this.clients = clients;
		this.configurations = configurations;
		this.elections = elections;
	}

	/**
	 * Show all clients.
	 * @return the clients by name
	 */
	@ReadOperation
	public ClientsDescriptor clients() {
		Map<String, ClientDescriptor> result = new LinkedHashMap<>();
		this.clients.forEach((client) -> result.put(client.getName(), describe(client)));
		return new ClientsDescriptor(result);
	}

	/**
	 * Show one client.
	 * @param client name of the client
	 * @return the client, or {@code null} if there is none of that name
	 */
	@ReadOperation
	public @Nullable ClientDescriptor client(@Selector String client) {
		ResilientWebSocketClient found = find(client);
		return (found != null) ? describe(found) : null;
	}

	/**
	 * Operate one client. Waits until the operation is accepted or refused, at most 2
	 * seconds, but not for its result.
	 * @param client name of the client
	 * @param operation {@code connect}, {@code disconnect}, {@code reconnect},
	 * {@code suspend} or {@code resume}; {@code resubmit} or {@code discard} a dead
	 * letter
	 * @param id id of the dead letter; ignored by the other operations
	 * @return the client afterwards, or {@code null} if there is none of that name
	 * @throws InvalidEndpointRequestException if the operation is missing or unknown, or
	 * needs an id and has none
	 * @throws java.util.NoSuchElementException if there is no such dead letter
	 * @throws IllegalStateException if it is not possible in the client's state
	 */
	@WriteOperation
	public @Nullable ClientDescriptor operate(@Selector String client, @Nullable String operation,
			@Nullable String id) {
		ResilientWebSocketClient found = find(client);
		if (found == null) {
			return null;
		}
		ClientOperation known = ClientOperation.find(operation);
		if (known == null) {
			throw invalid("'operation' must be one of " + ClientOperation.names());
		}
		if (known.needsId() && !StringUtils.hasText(id)) {
			throw invalid("'id' must be the id of a dead letter");
		}
		known.perform(found, id);
		return describe(found);
	}

	private static InvalidEndpointRequestException invalid(String reason) {
		return new InvalidEndpointRequestException(reason, reason);
	}

	private @Nullable ResilientWebSocketClient find(String name) {
		for (ResilientWebSocketClient client : this.clients) {
			if (client.getName().equals(name)) {
				return client;
			}
		}
		return null;
	}

	private ClientDescriptor describe(ResilientWebSocketClient client) {
		return ClientDescriptor.of(client, this.elections.find(client), this.configurations.describe(client));
	}

	/**
	 * All clients.
	 *
	 * @param clients the clients by name
	 */
	public record ClientsDescriptor(Map<String, ClientDescriptor> clients) implements OperationResponseBody {

	}

}
