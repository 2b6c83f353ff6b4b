package io.github.resilientws.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ConnectionState;

/**
 * The participation of a client in the election of its line. May be used by any thread.
 *
 * @since 0.1
 */
public interface Candidacy {

	/**
	 * Leave the election. If this instance owns the line, another one may own it next.
	 * Does not block; no signal follows.
	 * @return completes when the line is free, or cannot be freed now; never fails
	 */
	CompletableFuture<Void> leave();

	/**
	 * Return which instance owns the line, as far as is known here.
	 * @return name of the instance, or {@code null} if none is known
	 */
	@Nullable String getOwner();

	/**
	 * Return the state of the client of the owner.
	 * @return the state as far as is known here, or {@code null}
	 */
	default @Nullable ConnectionState getOwnerState() {
		return null;
	}

	/**
	 * Return how long it is known that the line has no owner, or that the election does
	 * not work.
	 * @return the time, or {@code null} if the line has an owner, or the election does
	 * not know
	 */
	default @Nullable Duration getUnownedTime() {
		return null;
	}

	/**
	 * The client changed its state, which other instances may show while this one owns
	 * the line. Must not block.
	 * @param state the new state
	 */
	default void stateChanged(ConnectionState state) {
	}

	/**
	 * Return why the election does not work at present.
	 * @return a sentence for logs and health, or {@code null} if it works
	 */
	default @Nullable String getProblem() {
		return null;
	}

}
