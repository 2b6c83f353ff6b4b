package io.github.resilientws.reconnect;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

import io.github.resilientws.ConnectForbiddenException;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.DisconnectCause.HandshakeRefused;
import io.github.resilientws.WebSocketHandshakeException;
import io.github.resilientws.WebSocketHandshakeException.Problem;
import io.github.resilientws.settings.CodeActions;
import io.github.resilientws.settings.ReconnectAction;

/**
 * The only table of default actions, by HTTP status and close code.
 */
final class DefaultReconnectActions {

	// @formatter:off
	private static final CodeActions STATUSES = CodeActions.forStatus(table(
			new Row(ReconnectAction.REFRESH, "401", "403"),
			new Row(ReconnectAction.STOP, "400", "405", "410", "426", "3xx"),
			new Row(ReconnectAction.RETRY, "404", "408", "425", "429", "5xx"),
			new Row(ReconnectAction.RETRY_SLOW, "100-599")));

	private static final CodeActions CLOSES_BY_PEER = CodeActions.forClose(table(
			new Row(ReconnectAction.REFRESH, "1008", "4401", "4403"),
			new Row(ReconnectAction.RETRY_SLOW, "1012", "1013", "1002", "1003", "1007", "1009", "1010"),
			new Row(ReconnectAction.RETRY, "1000-4999")));
	// @formatter:on

	private DefaultReconnectActions() {
	}

	static ReconnectAction of(DisconnectCause cause) {
		if (cause instanceof HandshakeRefused refused) {
			return Objects.requireNonNullElse(STATUSES.find(refused.status()), ReconnectAction.RETRY_SLOW);
		}
		if (cause instanceof Closed closed && closed.byPeer()) {
			return Objects.requireNonNullElse(CLOSES_BY_PEER.find(closed.code()), ReconnectAction.RETRY);
		}
		if (cause instanceof ConnectFailed failed
				&& failed.failure() instanceof WebSocketHandshakeException handshake) {
			return of(handshake.getProblem());
		}
		if (cause instanceof ConnectFailed failed && failed.failure() instanceof ConnectForbiddenException) {
			return ReconnectAction.STOP;
		}
		return ReconnectAction.RETRY;
	}

	private static ReconnectAction of(Problem problem) {
		return switch (problem) {
			case MISSING_SUBPROTOCOL -> ReconnectAction.STOP;
			case UNASKED_SUBPROTOCOL, UNASKED_EXTENSION, MALFORMED -> ReconnectAction.RETRY_SLOW;
			case WRONG_ACCEPT_KEY -> ReconnectAction.RETRY;
		};
	}

	private static Map<String, ReconnectAction> table(Row... rows) {
		Map<String, ReconnectAction> result = new HashMap<>();
		for (Row row : rows) {
			for (String key : row.keys()) {
				result.put(key, row.action());
			}
		}
		return result;
	}

	private record Row(ReconnectAction action, String... keys) {

	}

}
