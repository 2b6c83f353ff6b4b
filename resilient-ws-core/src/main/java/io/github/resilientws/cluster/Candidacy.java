package io.github.resilientws.cluster;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

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
	 * Return why the election does not work at present.
	 * @return a sentence for logs and health, or {@code null} if it works
	 */
	default @Nullable String getProblem() {
		return null;
	}

}
