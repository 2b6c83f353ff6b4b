package io.github.resilientws.event;

import java.util.List;
import java.util.Map;

/**
 * The opening handshake is done (RFC 6455, section 4); session steps follow.
 *
 * @since 0.1
 */
public class WebSocketConnectedEvent extends WebSocketClientEvent {

	private final transient Map<String, List<String>> responseHeaders;

	/**
	 * Create an event.
	 * @param clientName name of the client
	 * @param responseHeaders headers of the server's answer
	 */
	public WebSocketConnectedEvent(String clientName, Map<String, List<String>> responseHeaders) {
		super(clientName);
		this.responseHeaders = responseHeaders;
	}

	/**
	 * Return the headers of the 101 that opened this connection, for sticky cookies and
	 * session ids. They may hold secrets and are never logged.
	 * @return the headers, unmodifiable; a look-up ignores the case of names
	 */
	public Map<String, List<String>> getResponseHeaders() {
		return this.responseHeaders;
	}

}
