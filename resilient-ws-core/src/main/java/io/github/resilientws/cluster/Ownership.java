package io.github.resilientws.cluster;

import org.jspecify.annotations.Nullable;

/**
 * The right of this instance to use a line, from one grant to its end.
 *
 * @since 0.1
 */
public interface Ownership {

	/**
	 * Return the number of this ownership.
	 * @return a number that is greater than those of earlier owners of the line; 0 if the
	 * election has none
	 */
	long getFence();

	/**
	 * Return whether the line may be used now. Looked at before each write, by any
	 * thread; must be fast.
	 * @return {@code false} once the ownership has ended or its lease has expired
	 */
	boolean isHeld();

	/**
	 * Return why the ownership has ended, for logs and events. May be called by any
	 * thread.
	 * @return a few words, such as {@code no beat for 9 s}; {@code null} if it is held,
	 * or the election does not say
	 */
	default @Nullable String getEndReason() {
		return null;
	}

}
