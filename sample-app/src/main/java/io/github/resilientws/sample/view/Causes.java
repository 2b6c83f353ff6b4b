package io.github.resilientws.sample.view;

import io.github.resilientws.DisconnectCause;

/**
 * Puts causes into words.
 */
final class Causes {

	private Causes() {
	}

	static String describe(DisconnectCause cause) {
		if (cause instanceof DisconnectCause.Closed closed) {
			return (closed.byPeer() ? "closed by server: " : "closed by us: ") + closed.code()
					+ (closed.reason().isEmpty() ? "" : " " + closed.reason());
		}
		if (cause instanceof DisconnectCause.HandshakeRefused refused) {
			return "refused with status " + refused.status();
		}
		if (cause instanceof DisconnectCause.ConnectFailed failed) {
			return "no connection: " + describe(failed.failure());
		}
		if (cause instanceof DisconnectCause.SupplyFailed failed) {
			return "nothing to connect with: " + describe(failed.failure());
		}
		if (cause instanceof DisconnectCause.WriteFailed failed) {
			return "write failed: " + describe(failed.failure());
		}
		return (cause instanceof DisconnectCause.HeartbeatLost) ? "heartbeat lost" : "requested";
	}

	private static String describe(Throwable failure) {
		String message = failure.getMessage();
		return (message != null) ? message : failure.getClass().getSimpleName();
	}

}
