package io.github.resilientws.settings;

/**
 * Bounds of the buffer in which received messages wait for listeners.
 *
 * @param bufferMessages messages that may wait for listeners before reading stops; by
 * default 1,024
 * @param bufferBytes bytes that may wait for listeners before reading stops; by default 4
 * MB
 * @since 0.1
 */
public record InboundSettings(int bufferMessages, long bufferBytes) {

	/** 1,024 messages or 4 MB. */
	public static final InboundSettings DEFAULTS = new InboundSettings(1024, 4 * 1024 * 1024);

	/**
	 * Return a copy with the given {@code buffer-messages}.
	 * @param bufferMessages messages that may wait for listeners before reading stops
	 * @return the copy
	 */
	public InboundSettings withBufferMessages(int bufferMessages) {
		return new InboundSettings(bufferMessages, this.bufferBytes);
	}

	/**
	 * Return a copy with the given {@code buffer-bytes}.
	 * @param bufferBytes bytes that may wait for listeners before reading stops
	 * @return the copy
	 */
	public InboundSettings withBufferBytes(long bufferBytes) {
		return new InboundSettings(this.bufferMessages, bufferBytes);
	}

}
