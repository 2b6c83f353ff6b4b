package io.github.resilientws.transport;

/**
 * There is nothing to connect with: no WebSocket implementation is on the class path, and
 * none was given.
 */
public class NoTransportException extends IllegalStateException {

	/**
	 * Create an exception.
	 * @param client name of the client that needs a transport
	 */
	public NoTransportException(String client) {
		super("the client '" + client + "' has no transport: add io.netty:netty-codec-http and io.netty:netty-handler, "
				+ "or give it a WebSocketTransport");
	}

}
