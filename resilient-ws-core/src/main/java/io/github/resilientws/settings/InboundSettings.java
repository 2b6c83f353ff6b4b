package io.github.resilientws.settings;

/**
 * Bounds of what is received.
 *
 * @param maxMessageSize largest message in bytes; a larger one closes the connection with
 * 1009
 * @param bufferMessages messages that may wait for listeners before reading stops
 * @param bufferBytes bytes that may wait for listeners before reading stops
 */
public record InboundSettings(int maxMessageSize, int bufferMessages, long bufferBytes) {

	/** Messages up to 8 MB; 1,024 messages or 4 MB waiting. */
	public static final InboundSettings DEFAULTS = new InboundSettings(8 * 1024 * 1024, 1024, 4 * 1024 * 1024);

}
