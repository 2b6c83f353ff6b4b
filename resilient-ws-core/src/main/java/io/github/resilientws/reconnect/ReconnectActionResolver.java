package io.github.resilientws.reconnect;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.DisconnectCause.HandshakeRefused;
import io.github.resilientws.settings.CodeActions;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.ReconnectSettings;

/**
 * Finds the action that follows the end of a connection or attempt. The action of a
 * failed session step or of a message comes first, then the settings, then
 * {@link DefaultReconnectActions}.
 */
final class ReconnectActionResolver {

	private static final int NO_STATUS_RECEIVED = 1005;

	private static final int ABNORMAL_CLOSURE = 1006;

	private final CodeActions onClose;

	private final CodeActions onStatus;

	ReconnectActionResolver(ReconnectSettings settings) {
		this.onClose = CodeActions.forClose(settings.onClose());
		this.onStatus = CodeActions.forStatus(settings.onStatus());
	}

	ReconnectAction find(ReconnectSeries series, DisconnectCause cause) {
		ReconnectAction demanded = series.getDemandedAction();
		ReconnectAction action = (demanded != null) ? demanded : findConfigured(cause);
		if (action == null) {
			action = DefaultReconnectActions.of(cause);
		}
		if (action == ReconnectAction.REFRESH && !series.isCustomized()) {
			boolean status = demanded == null && cause instanceof HandshakeRefused;
			return (status) ? ReconnectAction.STOP : ReconnectAction.RETRY_SLOW;
		}
		return action;
	}

	private @Nullable ReconnectAction findConfigured(DisconnectCause cause) {
		if (cause instanceof HandshakeRefused refused) {
			return this.onStatus.find(refused.status());
		}
		// a close code that this client raised says nothing about the wishes of the
		// server
		if (cause instanceof Closed closed && (closed.byPeer() || isWithoutCode(closed.code()))) {
			return this.onClose.find(closed.code());
		}
		return null;
	}

	private static boolean isWithoutCode(int code) {
		return code == NO_STATUS_RECEIVED || code == ABNORMAL_CLOSURE;
	}

}
