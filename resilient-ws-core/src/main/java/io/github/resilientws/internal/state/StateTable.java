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
import static io.github.resilientws.ConnectionState.SUSPENDED;

/**
 * The table of legal transitions.
 */
public final class StateTable {

	private static final Map<ConnectionState, Set<ConnectionState>> NEXT = new EnumMap<>(Map.of(
	// @formatter:off
			IDLE, EnumSet.of(CONNECTING, CLOSED),
			CONNECTING, EnumSet.of(ESTABLISHING, BACKING_OFF, SUSPENDED, FAILED, CLOSED),
			ESTABLISHING, EnumSet.of(READY, BACKING_OFF, SUSPENDED, FAILED, CLOSED),
			READY, EnumSet.of(CONNECTING, BACKING_OFF, SUSPENDED, DRAINING, FAILED),
			BACKING_OFF, EnumSet.of(CONNECTING, SUSPENDED, FAILED, CLOSED),
			SUSPENDED, EnumSet.of(CONNECTING, CLOSED),
			DRAINING, EnumSet.of(CLOSED),
			CLOSED, EnumSet.of(CONNECTING),
			FAILED, EnumSet.of(CONNECTING, CLOSED)));
	// @formatter:on

	private StateTable() {
	}

	public static boolean allows(ConnectionState from, ConnectionState to) {
		return NEXT.getOrDefault(from, Set.of()).contains(to);
	}

}
