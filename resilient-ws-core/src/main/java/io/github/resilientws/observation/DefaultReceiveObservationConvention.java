package io.github.resilientws.observation;

import io.micrometer.common.KeyValues;

import io.github.resilientws.observation.WebSocketClientObservationDocumentation.LowCardinalityKeyNames;

/**
 * The default convention for received messages; the name is {@code resilient.ws.receive}.
 *
 * @since 0.1
 */
public class DefaultReceiveObservationConvention implements ReceiveObservationConvention {

	@Override
	public String getName() {
		return "resilient.ws.receive";
	}

	@Override
	public String getContextualName(ReceiveObservationContext context) {
		return "receive " + context.getClientName();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(ReceiveObservationContext context) {
		return KeyValues.of(LowCardinalityKeyNames.CLIENT.withValue(context.getClientName()),
				LowCardinalityKeyNames.OUTCOME.withValue(context.getOutcome().value()));
	}

}
