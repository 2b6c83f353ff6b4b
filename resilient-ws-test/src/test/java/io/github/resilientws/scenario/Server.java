package io.github.resilientws.scenario;

import java.net.URI;
import java.util.List;

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

	/** Listen again on the same port. */
	void restart();

	/** The present connections answer nothing any more. */
	void goSilent();

	/** Nothing is taken from the sockets of the present connections any more. */
	void stopReading();

	void push(String text);

	List<String> texts();

	int textCount();

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
