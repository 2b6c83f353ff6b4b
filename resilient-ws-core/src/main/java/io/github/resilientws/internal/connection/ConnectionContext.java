package io.github.resilientws.internal.connection;

import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.springframework.util.ErrorHandler;

import io.github.resilientws.internal.execution.GuardedExecutor;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.internal.session.ProtocolRules;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.transport.SerialExecutor;

/**
 * What the connections of one client have in common.
 *
 * @param settings the settings
 * @param executor the client's executor
 * @param callbacks completes futures that no event belongs to
 * @param notifier notifies the observers
 * @param rules returns the current rules
 * @param messages where messages come from and go to
 */
public record ConnectionContext(ClientSettings settings, SerialExecutor executor, Executor callbacks,
		ObserverNotifier notifier, Supplier<ProtocolRules> rules, MessagePaths messages) {

	public String clientName() {
		return this.settings.name();
	}

	/**
	 * Return a copy whose tasks and timers are guarded.
	 * @param errorHandler receives exceptions of tasks
	 * @return the copy
	 */
	public ConnectionContext guardedBy(ErrorHandler errorHandler) {
		return new ConnectionContext(this.settings, new GuardedExecutor(this.executor, errorHandler), this.callbacks,
				this.notifier, this.rules, this.messages);
	}

}
