package io.github.resilientws.settings;

/**
 * Bounds of the buffer in which received messages wait for listeners, and the questions
 * of the server among these messages.
 *
 * @param bufferMessages messages that may wait for listeners before reading stops; by
 * default 1,024
 * @param bufferBytes bytes that may wait for listeners before reading stops; by default 4
 * MB
 * @param request questions of the server, which listeners answer; by default there are
 * none
 * @since 0.1
 */
public record InboundSettings(int bufferMessages, long bufferBytes, InboundRequestSettings request) {

	/** 1,024 messages or 4 MB; no questions. */
	public static final InboundSettings DEFAULTS = new InboundSettings(1024, 4 * 1024 * 1024);

	/**
	 * Create settings without questions of the server.
	 * @param bufferMessages messages that may wait for listeners before reading stops
	 * @param bufferBytes bytes that may wait for listeners before reading stops
	 */
	public InboundSettings(int bufferMessages, long bufferBytes) {
		this(bufferMessages, bufferBytes, InboundRequestSettings.DEFAULTS);
	}

	/**
	 * Return a copy with the given {@code buffer-messages}.
	 * @param bufferMessages messages that may wait for listeners before reading stops
	 * @return the copy
	 */
	public InboundSettings withBufferMessages(int bufferMessages) {
		return new InboundSettings(bufferMessages, this.bufferBytes, this.request);
	}

	/**
	 * Return a copy with the given {@code buffer-bytes}.
	 * @param bufferBytes bytes that may wait for listeners before reading stops
	 * @return the copy
	 */
	public InboundSettings withBufferBytes(long bufferBytes) {
		return new InboundSettings(this.bufferMessages, bufferBytes, this.request);
	}

	/**
	 * Return a copy with the given {@code request}.
	 * @param request questions of the server, which listeners answer
	 * @return the copy
	 */
	public InboundSettings withRequest(InboundRequestSettings request) {
		return new InboundSettings(this.bufferMessages, this.bufferBytes, request);
	}

}
