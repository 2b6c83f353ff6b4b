package io.github.resilientws.benchmarks.engine;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.InboundSettings.Dispatch;

/**
 * This project with listeners on the event loop.
 */
final class DirectEngine extends ResilientEngine {

	@Override
	ResilientWebSocketClient.Builder configure(ResilientWebSocketClient.Builder builder) {
		return builder.inbound((inbound) -> inbound.withDispatch(Dispatch.DIRECT));
	}

}
