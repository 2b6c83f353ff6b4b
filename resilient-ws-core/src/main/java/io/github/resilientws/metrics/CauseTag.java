package io.github.resilientws.metrics;

import java.util.Locale;

import io.github.resilientws.DisconnectCause;

/**
 * The bounded values of the tag {@code cause}.
 */
enum CauseTag {

	CLOSED, REFUSED, CONNECT_FAILED, SUPPLY_FAILED, HEARTBEAT_LOST, WRITE_FAILED, REQUESTED;

	static CauseTag of(DisconnectCause cause) {
		if (cause instanceof DisconnectCause.Closed) {
			return CLOSED;
		}
		if (cause instanceof DisconnectCause.HandshakeRefused) {
			return REFUSED;
		}
		if (cause instanceof DisconnectCause.ConnectFailed) {
			return CONNECT_FAILED;
		}
		if (cause instanceof DisconnectCause.SupplyFailed) {
			return SUPPLY_FAILED;
		}
		if (cause instanceof DisconnectCause.HeartbeatLost) {
			return HEARTBEAT_LOST;
		}
		if (cause instanceof DisconnectCause.WriteFailed) {
			return WRITE_FAILED;
		}
		return REQUESTED;
	}

	String value() {
		return name().toLowerCase(Locale.ROOT);
	}

}
