package io.github.resilientws.benchmarks;

import java.net.URI;

/**
 * A client under measurement, with one connection.
 */
interface Engine extends AutoCloseable {

	/**
	 * Connect.
	 * @param url address of the server
	 * @param inbox receives every text message
	 * @throws Exception if it fails
	 */
	void connect(URI url, Inbox inbox) throws Exception;

	/**
	 * Send a text as a user of this engine would: thread-safe, with back-pressure.
	 * @param text the text
	 */
	void send(String text);

	@Override
	void close() throws Exception;

}
