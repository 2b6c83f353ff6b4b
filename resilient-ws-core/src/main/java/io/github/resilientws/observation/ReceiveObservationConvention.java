package io.github.resilientws.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * How messages received are observed.
 */
public interface ReceiveObservationConvention extends ObservationConvention<ReceiveObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ReceiveObservationContext;
	}

}
