package io.github.resilientws;

/**
 * State of a {@link ResilientWebSocketClient}. <pre>
 * IDLE ─start─▶ CONNECTING ─handshake─▶ ESTABLISHING ─steps done─▶ READY
 *                 ▲    │                     │                       │
 *                 │    └───── failed ────────┴────── lost ───────────┤
 *                 └──── delay over / reconnect() ──── BACKING_OFF ◀──┘ ──gave up / stop──▶ FAILED
 * READY ─disconnect()/shutdown─▶ DRAINING ─▶ CLOSED
 * CONNECTING ESTABLISHING READY BACKING_OFF ─suspend()─▶ SUSPENDED ─resume()─▶ CONNECTING
 * </pre> With {@code cluster.mode: one}: <pre>
 * IDLE CLOSED FAILED ─connect()─▶ STANDBY ─owns the line─▶ CONNECTING
 * CONNECTING ESTABLISHING READY BACKING_OFF SUSPENDED ─lost the line─▶ STANDBY
 * </pre>
 *
 * @since 0.1
 */
public enum ConnectionState {

	/** Not started yet. */
	IDLE,

	/** Another instance has the line, or may have it; this one does not connect. */
	STANDBY,

	/**
	 * An attempt is under way: handshake customizer, name look-up, TCP, TLS, WebSocket
	 * handshake.
	 */
	CONNECTING,

	/** The WebSocket is open and the session steps are running. */
	ESTABLISHING,

	/** Connected, and all session steps are done: messages flow. */
	READY,

	/** Waiting for the next attempt. */
	BACKING_OFF,

	/** Paused by {@link ResilientWebSocketClient#suspend()}. */
	SUSPENDED,

	/** Closing: accepted messages are still sent, new ones are refused. */
	DRAINING,

	/** Closed by the application until {@code connect()} is called. */
	CLOSED,

	/** Gave up; no attempt is made until {@code connect()} is called. */
	FAILED;

	/**
	 * Return whether {@code send} accepts messages in this state.
	 * @return {@code false} in {@code STANDBY}, {@code DRAINING}, {@code CLOSED} and
	 * {@code FAILED}
	 */
	public boolean acceptsMessages() {
		return this != STANDBY && this != DRAINING && this != CLOSED && this != FAILED;
	}

}
