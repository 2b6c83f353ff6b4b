package io.github.resilientws;

/**
 * Supplies the URL, the headers and the template values of each attempt to connect, for
 * example a fresh access token.
 *
 * <pre class="code">
 * &#64;Bean
 * &#64;WebSocketClientName("chat")
 * HandshakeCustomizer chatToken(TokenService tokens) {
 *     return (handshake) -&gt; handshake.setHeader("Authorization", "Bearer " + tokens.fetch());
 * }
 * </pre>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface HandshakeCustomizer {

	/**
	 * Customize an attempt. Called before every attempt on a callback thread, never on an
	 * event loop. It may block; {@code connect-timeout} includes its time, and a later
	 * result is discarded.
	 * @param handshake the attempt
	 * @throws Exception if the attempt cannot be customized; it then fails with
	 * {@link DisconnectCause.SupplyFailed} and is retried
	 */
	void customize(Handshake handshake) throws Exception;

}
