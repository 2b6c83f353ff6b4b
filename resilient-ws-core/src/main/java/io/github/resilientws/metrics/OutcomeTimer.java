package io.github.resilientws.metrics;

import java.time.Duration;

import io.micrometer.core.instrument.Timer;

/**
 * A timer for each value of the tag {@code outcome}.
 */
class OutcomeTimer {

	static final String TAG = "outcome";

	static final String SUCCESS = "success";

	static final String FAILURE = "failure";

	private final Timer success;

	private final Timer failure;

	OutcomeTimer(MeterGroup group, String name, String description) {
		this.success = group.timer(name, description, TAG, SUCCESS);
		this.failure = group.timer(name, description, TAG, FAILURE);
	}

	void record(boolean success, Duration elapsed) {
		(success ? this.success : this.failure).record(elapsed);
	}

}
