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
 * Supplies the {@code WebSocketClient} of an attempt, and its settings.
 */
@FunctionalInterface
interface Clients {

	/** User property of Tomcat's client; others ignore it. */
	String MAX_REDIRECTIONS = "org.apache.tomcat.websocket.MAX_REDIRECTIONS";

	/**
	 * Excess of the container's time-out: the client ends an attempt itself, in time; the
	 * limit of the container only frees a thread that was left behind.
	 */
	long LATER_MILLIS = 1000;

	/**
	 * Return a client for one attempt.
	 * @param request the URL and settings of the attempt
	 * @param onAnswer receives the headers of the 101, if the client knows them, on the
	 * thread that connects and before the session opens
	 * @return a client, which may connect on the calling thread
	 */
	WebSocketClient forAttempt(ConnectRequest request, Consumer<Map<String, List<String>>> onAnswer);

	/**
	 * Return whether this JVM resolves host names, so that a look-up before the attempt
	 * avoids a thread that waits.
	 * @return whether it does, as far as is known
	 */
	default boolean resolvesNames() {
		return false;
	}

	/**
	 * Return a client of the user, which does not follow redirects unless the user has
	 * set their number: Tomcat would send the headers to the new location.
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
	 * @param request the URL and settings of the attempt
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
	 * Return the properties of Tomcat's client. A property of the wrong type makes it
	 * fail or is ignored.
	 * @param request the URL and settings of the attempt
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
