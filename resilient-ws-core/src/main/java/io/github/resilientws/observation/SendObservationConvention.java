package io.github.resilientws.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * How messages sent are observed.
 */
public interface SendObservationConvention extends ObservationConvention<SendObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof SendObservationContext;
	}

}
