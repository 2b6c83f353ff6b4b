package io.github.resilientws.metrics;

import java.util.Locale;

import io.github.resilientws.DisconnectCause;

/**
 * The bounded values of the tag {@code cause}, of meters and of observations.
 *
 * @since 0.1
 */
public enum CauseTag {

	/** A {@link DisconnectCause.Closed}. */
	CLOSED,

	/** A {@link DisconnectCause.HandshakeRefused}. */
	REFUSED,

	/** A {@link DisconnectCause.ConnectFailed}. */
	CONNECT_FAILED,

	/** A {@link DisconnectCause.SupplyFailed}. */
	SUPPLY_FAILED,

	/** A {@link DisconnectCause.HeartbeatLost}. */
	HEARTBEAT_LOST,

	/** A {@link DisconnectCause.WriteFailed}. */
	WRITE_FAILED,

	/** A {@link DisconnectCause.OwnershipLost}. */
	OWNERSHIP_LOST,

	/** A {@link DisconnectCause.Requested}. */
	REQUESTED;

	/**
	 * Return the value for a cause.
	 * @param cause the cause
	 * @return its value
	 */
	public static CauseTag of(DisconnectCause cause) {
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
		if (cause instanceof DisconnectCause.OwnershipLost) {
			return OWNERSHIP_LOST;
		}
		return REQUESTED;
	}

	/**
	 * Return the value of the tag.
	 * @return the name in lower case
	 */
	public String value() {
		return name().toLowerCase(Locale.ROOT);
	}

}
