package io.github.resilientws;

/**
 * Supplies what changes from attempt to attempt: URL, headers, values for templates.
 */
@FunctionalInterface
public interface HandshakeCustomizer {

	/**
	 * Customize an attempt. Asked before every attempt, never on an event loop; may block
	 * inside {@code connect-timeout}, after which its result is discarded.
	 * @param handshake the attempt
	 * @throws Exception if there is nothing to connect with; the attempt fails with
	 * {@link DisconnectCause.SupplyFailed} and is retried
	 */
	void customize(Handshake handshake) throws Exception;

}
