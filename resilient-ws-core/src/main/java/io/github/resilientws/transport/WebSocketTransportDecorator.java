package io.github.resilientws.transport;

/**
 * Wraps the transport of each client, for example in a test kit that refuses or redirects
 * attempts, or in a recorder. All attempts and messages of the client pass through it,
 * regardless of its settings, customizers and transport.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface WebSocketTransportDecorator {

	/**
	 * Decorate a transport. Called once per client, when it is created. The result must
	 * return the executors of the given transport; its {@code connect} may throw
	 * {@link io.github.resilientws.ConnectForbiddenException}.
	 * @param client name of the client
	 * @param transport the transport
	 * @return the transport to use, which may be the given one
	 */
	WebSocketTransport decorate(String client, WebSocketTransport transport);

}
