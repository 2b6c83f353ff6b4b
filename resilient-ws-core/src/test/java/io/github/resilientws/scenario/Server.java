package io.github.resilientws.scenario;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * What the recovery scenarios need of a server.
 */
interface Server extends AutoCloseable {

	URI url();

	/**
	 * Stop listening, and end all connections.
	 * @param how how the connections end
	 */
	void stop(Kick how);

	/**
	 * End all connections, and go on listening.
	 * @param how how they end
	 */
	void kick(Kick how);

	/** Listen again on the same port. */
	void restart();

	/** The present connections answer nothing any more. */
	void goSilent();

	/** Nothing is taken from the sockets of the present connections any more. */
	void stopReading();

	void push(String text);

	List<String> texts();

	int textCount();

	/**
	 * Acknowledge messages that are in an envelope from now on, by the article's
	 * protocol. What was counted before is forgotten.
	 * @param plan which copies
	 */
	void acknowledge(AckPlan plan);

	/**
	 * Return the ids that were ever acknowledged.
	 * @return the ids
	 */
	Set<String> acknowledged();

	/**
	 * Return the texts with their connections.
	 * @return the texts, in order
	 */
	List<Arrival> arrivals();

	@Override
	void close();

	/**
	 * How a connection ends.
	 */
	enum Kick {

		FIN, RST, GOING_AWAY, SERVICE_RESTART;

		int code() {
			return switch (this) {
				case FIN, RST -> 1006;
				case GOING_AWAY -> 1001;
				case SERVICE_RESTART -> 1012;
			};
		}

	}

}
