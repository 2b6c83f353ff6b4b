package io.github.resilientws.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and keys of the observation of sent messages.
 *
 * @since 0.1
 */
public interface SendObservationConvention extends ObservationConvention<SendObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof SendObservationContext;
	}

}
