package io.github.resilientws;

/**
 * What happened to the ownership of a line.
 *
 * @since 0.1
 */
public enum OwnershipChange {

	/** This instance owns the line. */
	ACQUIRED,

	/** This instance has handed the line over. */
	YIELDED,

	/** This instance owns the line no longer, and did not hand it over. */
	LOST

}
