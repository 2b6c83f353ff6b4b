package com.example;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * An authorization server that answers every request with a new token.
 */
class TokenServer implements AutoCloseable {

	/** Bodies of the requests. */
	final List<String> requests = new CopyOnWriteArrayList<>();

	/** Authorization of the requests. */
	final List<String> authorizations = new CopyOnWriteArrayList<>();

	private final HttpServer server;

	TokenServer() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/token", this::answer);
		this.server.start();
	}

	String url() {
		return "http://localhost:" + this.server.getAddress().getPort() + "/token";
	}

	private void answer(HttpExchange exchange) throws IOException {
		this.requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
		this.authorizations.add(exchange.getRequestHeaders().getFirst("Authorization"));
		byte[] body = """
				{ "access_token": "SECRET-%d", "token_type": "Bearer", "expires_in": 3600 }
				""".formatted(this.requests.size()).getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(200, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
