package io.github.resilientws.transport;

/**
 * Puts something between each client and its transport: a test kit that refuses or
 * redirects attempts, a recorder. What leaves the client passes through it, whichever
 * settings, customizers or transport the client has.
 */
@FunctionalInterface
public interface WebSocketTransportDecorator {

	/**
	 * Decorate a transport. Called once for each client, when it is made. The result must
	 * hand out the executors of the given transport; its {@code connect} may throw
	 * {@link io.github.resilientws.ConnectForbiddenException}.
	 * @param client name of the client
	 * @param transport the transport
	 * @return the transport to use, which may be the given one
	 */
	WebSocketTransport decorate(String client, WebSocketTransport transport);

}
