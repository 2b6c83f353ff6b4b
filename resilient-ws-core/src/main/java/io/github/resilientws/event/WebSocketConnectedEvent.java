package io.github.resilientws.event;

import java.util.List;
import java.util.Map;

/**
 * The opening handshake is done; session steps follow.
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
	 * session ids. They may hold secrets: nothing of them is logged.
	 * @return the headers, unmodifiable; a look-up ignores the case of names
	 */
	public Map<String, List<String>> getResponseHeaders() {
		return this.responseHeaders;
	}

}
