package io.github.resilientws.settings;

/**
 * Action of a client after a loss or a failed attempt.
 *
 * @since 0.1
 */
public enum ReconnectAction {

	/** Try again after the back-off. */
	RETRY,

	/** Try again after about {@code reconnect.max-delay}. */
	RETRY_SLOW,

	/** Try again at once; the {@code HandshakeCustomizer} supplies fresh values. */
	REFRESH,

	/**
	 * Forget the session ({@code session.captures}, advertised heartbeat times), then try
	 * again after the back-off, as a client without a past.
	 */
	RESET,

	/** Give up. */
	STOP

}
