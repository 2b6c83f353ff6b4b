package io.github.resilientws.internal.state;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

import io.github.resilientws.ConnectionState;

import static io.github.resilientws.ConnectionState.BACKING_OFF;
import static io.github.resilientws.ConnectionState.CLOSED;
import static io.github.resilientws.ConnectionState.CONNECTING;
import static io.github.resilientws.ConnectionState.DRAINING;
import static io.github.resilientws.ConnectionState.ESTABLISHING;
import static io.github.resilientws.ConnectionState.FAILED;
import static io.github.resilientws.ConnectionState.IDLE;
import static io.github.resilientws.ConnectionState.READY;
import static io.github.resilientws.ConnectionState.STANDBY;
import static io.github.resilientws.ConnectionState.SUSPENDED;

/**
 * The table of legal transitions.
 */
public final class StateTable {

	private static final Map<ConnectionState, Set<ConnectionState>> NEXT = new EnumMap<>(Map.of(
	// @formatter:off
			IDLE, EnumSet.of(STANDBY, CONNECTING, CLOSED),
			STANDBY, EnumSet.of(CONNECTING, CLOSED),
			CONNECTING, EnumSet.of(STANDBY, ESTABLISHING, BACKING_OFF, SUSPENDED, FAILED, CLOSED),
			ESTABLISHING, EnumSet.of(STANDBY, READY, BACKING_OFF, SUSPENDED, FAILED, CLOSED),
			READY, EnumSet.of(STANDBY, CONNECTING, BACKING_OFF, SUSPENDED, DRAINING, FAILED),
			BACKING_OFF, EnumSet.of(STANDBY, CONNECTING, SUSPENDED, FAILED, CLOSED),
			SUSPENDED, EnumSet.of(STANDBY, CONNECTING, CLOSED),
			DRAINING, EnumSet.of(CLOSED),
			CLOSED, EnumSet.of(STANDBY, CONNECTING),
			FAILED, EnumSet.of(STANDBY, CONNECTING, CLOSED)));
	// @formatter:on

	private StateTable() {
	}

	public static boolean allows(ConnectionState from, ConnectionState to) {
		return NEXT.getOrDefault(from, Set.of()).contains(to);
	}

}
