package io.github.resilientws.reconnect;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.ReconnectAction;

/**
 * A series of attempts: from a loss or a start until the client has been ready for
 * {@code reconnect.reset-after}. Confined to the client's executor.
 *
 * @since 0.1
 */
public final class ReconnectSeries {

	private final String clientName;

	private final boolean customized;

	// empty until a policy needs it
	private Map<Class<?>, Object> memory = Map.of();

	private int attempts;

	private Duration elapsed = Duration.ZERO;

	private @Nullable ReconnectAction demandedAction;

	private boolean sessionReset;

	/**
	 * Begin a series.
	 * @param clientName name of the client
	 * @param customized whether a customizer can supply fresh values at the next attempt
	 */
	public ReconnectSeries(String clientName, boolean customized) {
		this.clientName = clientName;
		this.customized = customized;
	}

	/**
	 * Return the name of the client.
	 * @return the name
	 */
	public String getClientName() {
		return this.clientName;
	}

	/**
	 * Return whether a customizer can supply fresh values at the next attempt.
	 * @return whether the client has a customizer
	 */
	public boolean isCustomized() {
		return this.customized;
	}

	/**
	 * Return the attempts made in this series.
	 * @return their number, 0 right after a loss
	 */
	public int getAttempts() {
		return this.attempts;
	}

	/**
	 * Return the time since the first loss or failure of this series.
	 * @return the time; zero at the first one
	 */
	public Duration getElapsed() {
		return this.elapsed;
	}

	/**
	 * Return the action that a session step or a message of the server demands for this
	 * end.
	 * @return the action, or {@code null} to decide by the cause
	 */
	public @Nullable ReconnectAction getDemandedAction() {
		return this.demandedAction;
	}

	/**
	 * Let the client forget its session ({@code session.captures}) before the next
	 * attempt. A policy calls it for an end that means {@code reset}; an end that demands
	 * {@code RESET} resets the session without it.
	 */
	public void resetSession() {
		this.sessionReset = true;
	}

	/**
	 * Return whether the client forgets its session.
	 * @return whether {@link #resetSession()} was called for this end, or is not needed
	 */
	public boolean isSessionReset() {
		return this.sessionReset;
	}

	/**
	 * Return the memory of a policy about this series.
	 * @param <T> type of the memory
	 * @param type type of the memory; the series keeps one instance per type
	 * @param initial creates the memory of a new series
	 * @return the memory
	 */
	public <T> T memory(Class<T> type, Supplier<T> initial) {
		if (this.memory.isEmpty()) {
			this.memory = new HashMap<>();
		}
		return type.cast(this.memory.computeIfAbsent(type, (key) -> initial.get()));
	}

	/**
	 * Count an attempt.
	 * @return its number, from 1
	 */
	public int nextAttempt() {
		return ++this.attempts;
	}

	/**
	 * Set the facts about an end before the policy decides.
	 * @param elapsed time since the first loss or failure of this series
	 * @param demandedAction action that a session step or a message demands, or
	 * {@code null}
	 */
	public void ended(Duration elapsed, @Nullable ReconnectAction demandedAction) {
		this.elapsed = elapsed;
		this.demandedAction = demandedAction;
		this.sessionReset = demandedAction == ReconnectAction.RESET;
	}

}
