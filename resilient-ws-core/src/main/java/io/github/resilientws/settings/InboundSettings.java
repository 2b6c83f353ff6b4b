package io.github.resilientws.settings;

/**
 * How received messages reach the listeners, and the questions of the server among these
 * messages.
 *
 * @param dispatch thread that calls the listeners; by default {@code LANE}
 * @param bufferMessages messages that may wait for listeners before reading stops; by
 * default 1,024; not used with {@code DIRECT}
 * @param bufferBytes bytes that may wait for listeners before reading stops; by default 4
 * MB; not used with {@code DIRECT}
 * @param request questions of the server, which listeners answer; by default there are
 * none
 * @since 0.1
 */
public record InboundSettings(Dispatch dispatch, int bufferMessages, long bufferBytes, InboundRequestSettings request) {

	/** 1,024 messages or 4 MB may wait for the lane; no questions. */
	public static final InboundSettings DEFAULTS = new InboundSettings(1024, 4 * 1024 * 1024);

	/**
	 * Create settings with a lane and without questions of the server.
	 * @param bufferMessages messages that may wait for listeners before reading stops
	 * @param bufferBytes bytes that may wait for listeners before reading stops
	 */
	public InboundSettings(int bufferMessages, long bufferBytes) {
		this(Dispatch.LANE, bufferMessages, bufferBytes, InboundRequestSettings.DEFAULTS);
	}

	/**
	 * Return a copy with the given {@code dispatch}.
	 * @param dispatch thread that calls the listeners
	 * @return the copy
	 */
	public InboundSettings withDispatch(Dispatch dispatch) {
		return new InboundSettings(dispatch, this.bufferMessages, this.bufferBytes, this.request);
	}

	/**
	 * Return a copy with the given {@code buffer-messages}.
	 * @param bufferMessages messages that may wait for listeners before reading stops
	 * @return the copy
	 */
	public InboundSettings withBufferMessages(int bufferMessages) {
		return new InboundSettings(this.dispatch, bufferMessages, this.bufferBytes, this.request);
	}

	/**
	 * Return a copy with the given {@code buffer-bytes}.
	 * @param bufferBytes bytes that may wait for listeners before reading stops
	 * @return the copy
	 */
	public InboundSettings withBufferBytes(long bufferBytes) {
		return new InboundSettings(this.dispatch, this.bufferMessages, bufferBytes, this.request);
	}

	/**
	 * Return a copy with the given {@code request}.
	 * @param request questions of the server, which listeners answer
	 * @return the copy
	 */
	public InboundSettings withRequest(InboundRequestSettings request) {
		return new InboundSettings(this.dispatch, this.bufferMessages, this.bufferBytes, request);
	}

	/**
	 * Thread that calls the listeners of a client.
	 */
	public enum Dispatch {

		/** A callback thread: listeners may block. */
		LANE,

		/** The event loop of the client: listeners must not block. */
		DIRECT

	}

}
