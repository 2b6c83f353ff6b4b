package io.github.resilientws.cluster;

import org.jspecify.annotations.Nullable;

/**
 * Elects the owner of a line: of one client that several instances of an application
 * have, and that only one of them at a time may connect.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface LineElection {

	/**
	 * Take part in the election of a line. Does not block.
	 * @param client name of the client
	 * @param candidate notified on any thread, one call at a time
	 * @return the participation, until it is left
	 */
	Candidacy join(String client, Candidate candidate);

	/**
	 * Return what is known about the instances of the application.
	 * @return the status, or {@code null} if the election does not know
	 */
	default @Nullable GroupStatus getGroupStatus() {
		return null;
	}

	/**
	 * A client that takes part in an election. Its methods do not block.
	 */
	interface Candidate {

		/**
		 * This instance owns the line from now on.
		 * @param ownership the ownership
		 */
		void onGranted(Ownership ownership);

		/**
		 * This instance owns the line no longer, although the client has not left. The
		 * client still takes part.
		 * @param ownership the ownership that was granted last
		 */
		void onRevoked(Ownership ownership);

	}

}
