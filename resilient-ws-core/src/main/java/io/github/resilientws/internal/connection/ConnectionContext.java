package io.github.resilientws.internal.connection;

import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import io.github.resilientws.internal.election.Line;
import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.internal.monitoring.ObserverNotifier;
import io.github.resilientws.internal.session.ProtocolRules;
import io.github.resilientws.internal.session.SessionContext;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.transport.SerialExecutor;

/**
 * The objects that the connections of one client share.
 *
 * @param settings the settings
 * @param failures receives failures of our own code
 * @param callbacks completes futures of operations without an event
 * @param notifier notifies the observers
 * @param session objects that its sessions share
 * @param messages outbound and inbound messages of the client
 */
public record ConnectionContext(ClientSettings settings, InternalFailures failures, Executor callbacks,
		ObserverNotifier notifier, SessionContext session, MessagePaths messages) {

	/**
	 * Return the client's executor.
	 * @return the executor, which survives exceptions of its tasks
	 */
	public SerialExecutor executor() {
		return this.failures.guardedExecutor();
	}

	/**
	 * Return the present protocol rules.
	 * @return returns the current rules
	 */
	public Supplier<ProtocolRules> rules() {
		return this.session.rules();
	}

	/**
	 * Return the captured values as texts.
	 * @return the values by name, for any thread
	 */
	public Map<String, String> capturedTexts() {
		return this.session.state().texts();
	}

	/**
	 * Return the line of the client.
	 * @return the line
	 */
	public Line line() {
		return this.session.line();
	}

	/** Forget the session: the next one is the first. */
	public void forgetSession() {
		this.session.state().clear();
	}

	public String clientName() {
		return this.settings.name();
	}

}
