package io.github.resilientws.benchmarks.engine;

import java.net.URI;

/**
 * A client library under measurement, used as its users do.
 */
public interface Engine extends AutoCloseable {

	/**
	 * Open a connection.
	 * @param url address of the server
	 * @param inbox receives every text message
	 * @return the open connection
	 * @throws Exception if it fails
	 */
	Connection connect(URI url, Inbox inbox) throws Exception;

	/**
	 * Release threads.
	 * @throws Exception if it fails
	 */
	@Override
	default void close() throws Exception {
	}

	/**
	 * An open connection. Any thread may send.
	 */
	interface Connection extends AutoCloseable {

		/**
		 * Send a text, with back-pressure.
		 * @param text the text
		 */
		void send(String text);

		/**
		 * Return whether the sender learns that the server has received a message.
		 * @return whether {@link #sendAndWait} works
		 */
		default boolean isAcknowledged() {
			return false;
		}

		/**
		 * Send a text and wait until the server has acknowledged it.
		 * @param text the text
		 */
		default void sendAndWait(String text) {
			throw new UnsupportedOperationException();
		}

		@Override
		void close() throws Exception;

	}

}
