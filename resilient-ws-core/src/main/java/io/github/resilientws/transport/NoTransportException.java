package io.github.resilientws.transport;

/**
 * A client has no transport: the configured WebSocket implementation, or any, is missing
 * from the class path, and no other transport is given.
 *
 * @since 0.1
 */
public class NoTransportException extends IllegalStateException {

	/** Libraries that the Netty transport needs. */
	public static final String NETTY = "io.netty:netty-codec-http and io.netty:netty-handler";

	/** Libraries that the spring transport needs. */
	public static final String SPRING = "org.springframework:spring-websocket and a WebSocket container such as "
			+ "org.apache.tomcat.embed:tomcat-embed-websocket";

	/**
	 * Create an exception.
	 * @param client name of the client that needs any transport
	 */
	public NoTransportException(String client) {
		super("the client '" + client + "' has no transport: add " + NETTY + ", or " + SPRING
				+ ", or give it a WebSocketTransport");
	}

	/**
	 * Create an exception.
	 * @param client name of the client that needs a certain transport
	 * @param transport name of that transport
	 * @param missing libraries that it needs
	 */
	public NoTransportException(String client, String transport, String missing) {
		super("the client '" + client + "' is configured for the " + transport
				+ " transport, which is not available: add " + missing);
	}

}
