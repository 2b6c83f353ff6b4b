package io.github.resilientws.transport.spring;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.springframework.http.HttpHeaders;
import org.springframework.web.socket.WebSocketExtension;
import org.springframework.web.socket.WebSocketHttpHeaders;
import org.springframework.web.socket.client.WebSocketClient;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;

import io.github.resilientws.transport.ConnectRequest;

/**
 * The {@code WebSocketClient} for an attempt, and what it is told.
 */
@FunctionalInterface
interface Clients {

	/** Of Tomcat's client; others do not know it. */
	String MAX_REDIRECTIONS = "org.apache.tomcat.websocket.MAX_REDIRECTIONS";

	/**
	 * The client ends an attempt in time, and says so; a limit of the container is for
	 * the thread that it left.
	 */
	long LATER_MILLIS = 1000;

	/**
	 * Return what to connect with.
	 * @param request where and how to connect
	 * @param onAnswer receives the headers of the 101, if the client knows them, on the
	 * thread that connects and before the session opens
	 * @return a client that may connect in the thread that calls it
	 */
	WebSocketClient forAttempt(ConnectRequest request, Consumer<Map<String, List<String>>> onAnswer);

	/**
	 * Return whether names are looked up by this JVM, so that a look-up before the
	 * attempt spares a thread that waits.
	 * @return whether they are, as far as is known
	 */
	default boolean resolvesNames() {
		return false;
	}

	/**
	 * Return a client of the user's, which does not follow redirects unless the user says
	 * how many: Tomcat would send the headers along.
	 * @param client the client
	 * @return the client for every attempt
	 */
	static Clients given(WebSocketClient client) {
		if (client instanceof StandardWebSocketClient standard) {
			Map<String, Object> properties = new HashMap<>(standard.getUserProperties());
			if (properties.putIfAbsent(MAX_REDIRECTIONS, "0") == null) {
				standard.setUserProperties(properties);
			}
		}
		return (request, onAnswer) -> client;
	}

	/**
	 * Return the headers of a handshake.
	 * @param request where and how to connect
	 * @return the headers
	 */
	static WebSocketHttpHeaders headers(ConnectRequest request) {
		HttpHeaders plain = new HttpHeaders();
		request.headers().forEach(plain::add);
		WebSocketHttpHeaders headers = new WebSocketHttpHeaders(plain);
		if (!request.subprotocols().isEmpty()) {
			headers.setSecWebSocketProtocol(request.subprotocols());
		}
		if (request.compression()) {
			headers.setSecWebSocketExtensions(List.of(new WebSocketExtension("permessage-deflate")));
		}
		return headers;
	}

	/**
	 * Return the properties of Tomcat's client: one of the wrong type makes it fail or is
	 * ignored.
	 * @param request where and how to connect
	 * @return the properties
	 */
	static Map<String, Object> properties(ConnectRequest request) {
		Map<String, Object> properties = new HashMap<>();
		long millis = Math.min(Integer.MAX_VALUE, request.connectTimeout().toMillis() + LATER_MILLIS);
		properties.put("org.apache.tomcat.websocket.IO_TIMEOUT_MS", Long.toString(millis));
		properties.put(MAX_REDIRECTIONS, "0");
		return properties;
	}

}
