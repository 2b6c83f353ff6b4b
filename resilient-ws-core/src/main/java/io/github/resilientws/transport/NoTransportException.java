package io.github.resilientws.transport;

/**
 * There is nothing to connect with: the WebSocket implementation that a client is to use
 * is not on the class path, or none is, and no other was given.
 */
public class NoTransportException extends IllegalStateException {

	/** What the Netty transport needs. */
	public static final String NETTY = "io.netty:netty-codec-http and io.netty:netty-handler";

	/** What the spring transport needs. */
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
	 * @param missing what it needs
	 */
	public NoTransportException(String client, String transport, String missing) {
		super("the client '" + client + "' is to use the " + transport + " transport, which is not there: add "
				+ missing);
	}

}
