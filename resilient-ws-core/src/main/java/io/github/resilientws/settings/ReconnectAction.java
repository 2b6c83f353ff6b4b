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

	/** Give up. */
	STOP

}
