package io.github.resilientws;

/**
 * State of a {@link ResilientWebSocketClient}. <pre>
 * IDLE ─start─▶ CONNECTING ─handshake─▶ ESTABLISHING ─steps done─▶ READY
 *                 ▲    │                     │                       │
 *                 │    └───── failed ────────┴────── lost ───────────┤
 *                 └──── delay over / reconnect() ──── BACKING_OFF ◀──┘ ──gave up / stop──▶ FAILED
 * READY ─disconnect()/shutdown─▶ DRAINING ─▶ CLOSED
 * CONNECTING ESTABLISHING READY BACKING_OFF ─suspend()─▶ SUSPENDED ─resume()─▶ CONNECTING
 * </pre>
 */
public enum ConnectionState {

	/** Never started. */
	IDLE,

	/** An attempt is under way: supplying, resolving, dialling or shaking hands. */
	CONNECTING,

	/** The WebSocket is open and the session steps are running. */
	ESTABLISHING,

	/** Connected and all session steps done: messages flow. */
	READY,

	/** Waiting for the next attempt. */
	BACKING_OFF,

	/** Paused by {@link ResilientWebSocketClient#suspend()}. */
	SUSPENDED,

	/** Closing: what was accepted is still sent, nothing new is accepted. */
	DRAINING,

	/** Closed by the application; only {@code connect()} leads out. */
	CLOSED,

	/** Given up; only {@code connect()} leads out. */
	FAILED;

	/**
	 * Return whether {@code send} accepts messages in this state.
	 * @return {@code false} in {@code DRAINING}, {@code CLOSED} and {@code FAILED}
	 */
	public boolean acceptsMessages() {
		return this != DRAINING && this != CLOSED && this != FAILED;
	}

}
