package io.github.resilientws.cluster;

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

}
