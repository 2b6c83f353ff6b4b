package io.github.resilientws.internal.state;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.internal.Rig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class StateTableTests {

	private static final Set<String> LEGAL = Set.of(
	// @formatter:off
			"IDLE STANDBY", "IDLE CONNECTING", "IDLE CLOSED",
			"STANDBY CONNECTING", "STANDBY CLOSED",
			"CONNECTING STANDBY", "ESTABLISHING STANDBY", "READY STANDBY", "BACKING_OFF STANDBY", "SUSPENDED STANDBY",
			"CLOSED STANDBY", "FAILED STANDBY",
			"CONNECTING ESTABLISHING", "CONNECTING BACKING_OFF", "CONNECTING SUSPENDED", "CONNECTING FAILED",
			"CONNECTING CLOSED",
			"ESTABLISHING READY", "ESTABLISHING BACKING_OFF", "ESTABLISHING SUSPENDED", "ESTABLISHING FAILED",
			"ESTABLISHING CLOSED",
			"READY CONNECTING", "READY BACKING_OFF", "READY SUSPENDED", "READY FAILED", "READY DRAINING",
			"BACKING_OFF CONNECTING", "BACKING_OFF SUSPENDED", "BACKING_OFF FAILED", "BACKING_OFF CLOSED",
			"SUSPENDED CONNECTING", "SUSPENDED CLOSED",
			"DRAINING CLOSED",
			"CLOSED CONNECTING",
			"FAILED CONNECTING", "FAILED CLOSED");
	// @formatter:on

	@Test
	void everyPairIsAsThePictureSays() {
		List<String> illegal = new ArrayList<>();
		for (ConnectionState from : ConnectionState.values()) {
			for (ConnectionState to : ConnectionState.values()) {
				String pair = from + " " + to;
				assertThat(StateTable.allows(from, to)).as(pair).isEqualTo(LEGAL.contains(pair));
				if (!LEGAL.contains(pair)) {
					illegal.add(pair);
				}
			}
		}
		assertThat(illegal).hasSize(63);
	}

	@Test
	void anIllegalTransitionIsRefusedAndChangesNothing() {
		StateHolder holder = new StateHolder(() -> Rig.START, () -> 0, Duration.ZERO);
		assertThatIllegalStateException().isThrownBy(() -> holder.move(ConnectionState.READY, null, 0, null))
			.withMessage("no transition from IDLE to READY");
		assertThat(holder.state()).isEqualTo(ConnectionState.IDLE);
		assertThat(holder.status().transitions()).isEmpty();
	}

}
