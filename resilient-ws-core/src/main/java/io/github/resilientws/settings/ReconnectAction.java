package io.github.resilientws.settings;

/**
 * What a client does after a loss or a failed attempt.
 */
public enum ReconnectAction {

	/** Try again by back-off. */
	RETRY,

	/** Try again after about {@code reconnect.max-delay}. */
	RETRY_SLOW,

	/** Try again at once with what the {@code HandshakeCustomizer} now supplies. */
	REFRESH,

	/** Give up. */
	STOP

}
