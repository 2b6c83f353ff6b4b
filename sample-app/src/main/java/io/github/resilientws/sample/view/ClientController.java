package io.github.resilientws.sample.view;

import java.util.Map;
import java.util.function.Function;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;

/**
 * Offers the operations of a client to the page.
 */
@RestController
class ClientController {

	private static final Map<String, Function<ResilientWebSocketClient, ?>> OPERATIONS = Map.of("connect",
			ResilientWebSocketClient::connect, "disconnect", ResilientWebSocketClient::disconnect, "reconnect",
			ResilientWebSocketClient::reconnect, "probe", ResilientWebSocketClient::probe);

	private final ResilientWebSocketClients clients;

	ClientController(ResilientWebSocketClients clients) {
		this.clients = clients;
	}

	@PostMapping("/api/clients/{name}/{operation}")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void operate(@PathVariable String name, @PathVariable String operation) {
		Function<ResilientWebSocketClient, ?> function = OPERATIONS.get(operation);
		if (function == null) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no such operation");
		}
		function.apply(client(name));
	}

	private ResilientWebSocketClient client(String name) {
		try {
			return this.clients.get(name);
		}
		catch (IllegalArgumentException ex) {
			throw new ResponseStatusException(HttpStatus.NOT_FOUND, "no such client", ex);
		}
	}

}
