package io.github.resilientws.settings;

import java.time.Duration;

/**
 * Settings of the heartbeat, by which a client detects a dead peer.
 *
 * @param mode kind of heartbeat; by default {@code PING}
 * @param interval time between heartbeats; zero switches heartbeats off; by default 30
 * seconds
 * @param timeout time in which a heartbeat must be answered once it was written, and in
 * which the socket must take a byte while a heartbeat waits to be written; by default 10
 * seconds
 * @param maxMissed number of heartbeats missed in a row after which the peer is dead; by
 * default 1
 * @param send template of the text to send in mode {@code TEXT}; by default empty
 * @param await matcher of the answer in mode {@code TEXT}; empty if any input counts as
 * an answer; by default empty
 * @param dataIdleTimeout time without data after which the connection is replaced
 * although heartbeats are answered; zero for never; by default zero
 * @param intervalFrom locator of the interval that the server sends; empty for none; by
 * default empty
 * @param timeoutFrom locator of the time-out that the server sends; empty for none; by
 * default empty
 * @param unit unit of the times that the server sends; by default milliseconds
 * @since 0.1
 */
public record HeartbeatSettings(Mode mode, Duration interval, Duration timeout, int maxMissed, String send,
		String await, Duration dataIdleTimeout, String intervalFrom, String timeoutFrom, Unit unit) {

	/** A protocol ping every 30 seconds, to be answered within 10 seconds. */
	public static final HeartbeatSettings DEFAULTS = new HeartbeatSettings(Mode.PING, Duration.ofSeconds(30),
			Duration.ofSeconds(10), 1, "", "", Duration.ZERO);

	/**
	 * Create settings of a heartbeat whose times the server does not send.
	 * @param mode kind of heartbeat
	 * @param interval time between heartbeats; zero switches heartbeats off
	 * @param timeout time in which a heartbeat must be answered once it was written
	 * @param maxMissed number of heartbeats missed in a row after which the peer is dead
	 * @param send template of the text to send in mode {@code TEXT}
	 * @param await matcher of the answer in mode {@code TEXT}
	 * @param dataIdleTimeout time without data after which the connection is replaced;
	 * zero for never
	 */
	public HeartbeatSettings(Mode mode, Duration interval, Duration timeout, int maxMissed, String send, String await,
			Duration dataIdleTimeout) {
		this(mode, interval, timeout, maxMissed, send, await, dataIdleTimeout, "", "", Unit.MS);
	}

	/**
	 * Return a copy with the given {@code mode}.
	 * @param mode kind of heartbeat
	 * @return the copy
	 */
	public HeartbeatSettings withMode(Mode mode) {
		return new HeartbeatSettings(mode, this.interval, this.timeout, this.maxMissed, this.send, this.await,
				this.dataIdleTimeout, this.intervalFrom, this.timeoutFrom, this.unit);
	}

	/**
	 * Return a copy with the given {@code interval}.
	 * @param interval time between heartbeats; zero switches heartbeats off
	 * @return the copy
	 */
	public HeartbeatSettings withInterval(Duration interval) {
		return new HeartbeatSettings(this.mode, interval, this.timeout, this.maxMissed, this.send, this.await,
				this.dataIdleTimeout, this.intervalFrom, this.timeoutFrom, this.unit);
	}

	/**
	 * Return a copy with the given {@code timeout}.
	 * @param timeout time in which a heartbeat must be answered once it was written
	 * @return the copy
	 */
	public HeartbeatSettings withTimeout(Duration timeout) {
		return new HeartbeatSettings(this.mode, this.interval, timeout, this.maxMissed, this.send, this.await,
				this.dataIdleTimeout, this.intervalFrom, this.timeoutFrom, this.unit);
	}

	/**
	 * Return a copy with the given {@code max-missed}.
	 * @param maxMissed number of heartbeats missed in a row after which the peer is dead
	 * @return the copy
	 */
	public HeartbeatSettings withMaxMissed(int maxMissed) {
		return new HeartbeatSettings(this.mode, this.interval, this.timeout, maxMissed, this.send, this.await,
				this.dataIdleTimeout, this.intervalFrom, this.timeoutFrom, this.unit);
	}

	/**
	 * Return a copy with the given {@code send}.
	 * @param send template of the text to send in mode {@code TEXT}
	 * @return the copy
	 */
	public HeartbeatSettings withSend(String send) {
		return new HeartbeatSettings(this.mode, this.interval, this.timeout, this.maxMissed, send, this.await,
				this.dataIdleTimeout, this.intervalFrom, this.timeoutFrom, this.unit);
	}

	/**
	 * Return a copy with the given {@code await}.
	 * @param await matcher of the answer in mode {@code TEXT}; empty if any input counts
	 * as an answer
	 * @return the copy
	 */
	public HeartbeatSettings withAwait(String await) {
		return new HeartbeatSettings(this.mode, this.interval, this.timeout, this.maxMissed, this.send, await,
				this.dataIdleTimeout, this.intervalFrom, this.timeoutFrom, this.unit);
	}

	/**
	 * Return a copy with the given {@code data-idle-timeout}.
	 * @param dataIdleTimeout time without data after which the connection is replaced
	 * although heartbeats are answered; zero for never
	 * @return the copy
	 */
	public HeartbeatSettings withDataIdleTimeout(Duration dataIdleTimeout) {
		return new HeartbeatSettings(this.mode, this.interval, this.timeout, this.maxMissed, this.send, this.await,
				dataIdleTimeout, this.intervalFrom, this.timeoutFrom, this.unit);
	}

	/**
	 * Return a copy with the given {@code interval-from}.
	 * @param intervalFrom locator of the interval that the server sends; empty for none
	 * @return the copy
	 */
	public HeartbeatSettings withIntervalFrom(String intervalFrom) {
		return new HeartbeatSettings(this.mode, this.interval, this.timeout, this.maxMissed, this.send, this.await,
				this.dataIdleTimeout, intervalFrom, this.timeoutFrom, this.unit);
	}

	/**
	 * Return a copy with the given {@code timeout-from}.
	 * @param timeoutFrom locator of the time-out that the server sends; empty for none
	 * @return the copy
	 */
	public HeartbeatSettings withTimeoutFrom(String timeoutFrom) {
		return new HeartbeatSettings(this.mode, this.interval, this.timeout, this.maxMissed, this.send, this.await,
				this.dataIdleTimeout, this.intervalFrom, timeoutFrom, this.unit);
	}

	/**
	 * Return a copy with the given {@code unit}.
	 * @param unit unit of the times that the server sends
	 * @return the copy
	 */
	public HeartbeatSettings withUnit(Unit unit) {
		return new HeartbeatSettings(this.mode, this.interval, this.timeout, this.maxMissed, this.send, this.await,
				this.dataIdleTimeout, this.intervalFrom, this.timeoutFrom, unit);
	}

	/**
	 * Return a copy with mode {@code TEXT}.
	 * @param send template of the text to send
	 * @param await matcher of the answer; empty if any input counts as an answer
	 * @return the copy
	 */
	public HeartbeatSettings withText(String send, String await) {
		return withMode(Mode.TEXT).withSend(send).withAwait(await);
	}

	/**
	 * Return whether heartbeats are switched on.
	 * @return {@code false} in mode {@code OFF} and with a zero interval
	 */
	public boolean isEnabled() {
		return this.mode != Mode.OFF && !this.interval.isZero();
	}

	/** Return a description without the text to send, which may hold a secret. */
	@Override
	public String toString() {
		return "HeartbeatSettings[mode=" + this.mode + ", interval=" + this.interval + ", timeout=" + this.timeout
				+ ", maxMissed=" + this.maxMissed + ", await=" + this.await + ", dataIdleTimeout="
				+ this.dataIdleTimeout + "]";
	}

	/**
	 * Kind of heartbeat.
	 */
	public enum Mode {

		/** A protocol ping (RFC 6455, section 5.5.2), from the handshake on. */
		PING,

		/** A text message, from {@code READY} on. */
		TEXT,

		/** No message is sent; the peer must send something itself. */
		PASSIVE,

		/** No heartbeat. */
		OFF

	}

	/**
	 * Unit of the times that the server sends.
	 */
	public enum Unit {

		/** Milliseconds. */
		MS,

		/** Seconds. */
		S

	}

}
