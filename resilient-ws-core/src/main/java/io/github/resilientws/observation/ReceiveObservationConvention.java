package io.github.resilientws.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names and keys of the observation of received messages.
 *
 * @since 0.1
 */
public interface ReceiveObservationConvention extends ObservationConvention<ReceiveObservationContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ReceiveObservationContext;
	}

}
