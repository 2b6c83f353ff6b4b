package io.github.resilientws.observation;

import io.micrometer.common.KeyValues;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.metrics.CauseTag;
import io.github.resilientws.observation.WebSocketClientObservationDocumentation.HighCardinalityKeyNames;
import io.github.resilientws.observation.WebSocketClientObservationDocumentation.LowCardinalityKeyNames;

/**
 * The default convention for attempts to connect; the name is
 * {@code resilient.ws.handshake}.
 *
 * @since 0.1
 */
public class DefaultHandshakeObservationConvention implements HandshakeObservationConvention {

	@Override
	public String getName() {
		return "resilient.ws.handshake";
	}

	@Override
	public String getContextualName(HandshakeObservationContext context) {
		return "handshake " + context.getHandshake().getClientName();
	}

	@Override
	public KeyValues getLowCardinalityKeyValues(HandshakeObservationContext context) {
		DisconnectCause cause = context.getCause();
		return KeyValues.of(LowCardinalityKeyNames.CLIENT.withValue(context.getHandshake().getClientName()),
				LowCardinalityKeyNames.OUTCOME.withValue(context.getOutcome().value()),
				LowCardinalityKeyNames.CAUSE.withValue((cause != null) ? CauseTag.of(cause).value() : "none"));
	}

	@Override
	public KeyValues getHighCardinalityKeyValues(HandshakeObservationContext context) {
		return KeyValues
			.of(HighCardinalityKeyNames.ATTEMPT.withValue(String.valueOf(context.getHandshake().getAttempt())));
	}

}
