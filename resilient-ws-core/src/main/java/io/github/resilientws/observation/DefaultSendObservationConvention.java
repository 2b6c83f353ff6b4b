package io.github.resilientws.observation;

import java.util.Locale;

import io.micrometer.common.KeyValues;

import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.observation.WebSocketClientObservationDocumentation.HighCardinalityKeyNames;
import io.github.resilientws.observation.WebSocketClientObservationDocumentation.LowCardinalityKeyNames;

/**
 * The default convention for sent messages; the name is {@code resilient.ws.send}.
 *
 * @since 0.1
 */
public class DefaultSendObservationConvention implements SendObservationConvention {

	@Override
	public String getName() {
		return "resilient.ws.send";
	}

	@Override
	public String getContextualName(SendObservationContext context) {
		return "send " + context.getClientName();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(SendObservationContext context) {
		Reason reason = context.getReason();
		return KeyValues.of(LowCardinalityKeyNames.CLIENT.withValue(context.getClientName()),
				LowCardinalityKeyNames.OUTCOME.withValue(context.getOutcome().value()), LowCardinalityKeyNames.REASON
					.withValue((reason != null) ? reason.name().toLowerCase(Locale.ROOT) : "none"));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(SendObservationContext context) {
		String id = context.getMessageId();
		return (id != null) ? KeyValues.of(HighCardinalityKeyNames.MESSAGE_ID.withValue(id)) : KeyValues.empty();
	}

}
