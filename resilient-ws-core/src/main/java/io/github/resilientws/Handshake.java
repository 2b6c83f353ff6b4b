package io.github.resilientws;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect, for a {@link HandshakeCustomizer} to change. A value that is
 * set here overrides the settings, for this attempt only.
 *
 * @since 0.1
 */
public interface Handshake {

	/**
	 * Return the name of the client.
	 * @return the name, as under {@code resilient-ws.clients}
	 */
	String getClientName();

	/**
	 * Return the number of this attempt.
	 * @return the number, from 1, within the series of attempts
	 */
	int getAttempt();

	/**
	 * Return the number of the ownership of the line, as {@code {{fence}}}.
	 * @return a number that is greater than those of earlier owners; 0 unless
	 * {@code cluster.mode} is {@code one} and the election has such numbers
	 */
	long getFence();

	/**
	 * Return why the previous attempt or connection ended.
	 * @return the cause, or {@code null} at the first attempt
	 */
	@Nullable DisconnectCause getLastCause();

	/**
	 * Return the headers of the last 101 that this client received, for sticky cookies
	 * and session ids.
	 * @return the headers, unmodifiable, empty before the first connection; a look-up
	 * ignores the case of names
	 */
	Map<String, List<String>> getLastResponseHeaders();

	/**
	 * Connect to the given URL, instead of that of the settings or
	 * {@code session.resume-url}.
	 * @param url a {@code ws} or {@code wss} URL with a host and without a fragment
	 * @throws IllegalArgumentException if the URL is another one
	 */
	void setUrl(URI url);

	/**
	 * Send the given header with the handshake. If {@code session.resume-url} leads to
	 * another host or port, headers are not sent there.
	 * @param name name of the header
	 * @param value its value
	 * @throws IllegalArgumentException if name or value is not allowed in a header, or
	 * the header belongs to the handshake itself
	 */
	void setHeader(String name, String value);

	/**
	 * Supply a value for templates.
	 * @param name name that templates use
	 * @param value the value; never shown
	 * @throws IllegalArgumentException if the name is not allowed
	 */
	void setValue(String name, String value);

	/**
	 * Supply a value for templates that is computed for each text.
	 * @param name name that templates use
	 * @param value computes the value, on the client's executor
	 * @throws IllegalArgumentException if the name is not allowed
	 */
	void setValue(String name, ComputedValue value);

	/**
	 * Return a value that templates would use.
	 * @param name name of the value
	 * @return the value that was set here, or the one captured from a message of the
	 * server ({@code session.captures}), or that of the settings; {@code null} if there
	 * is none, or if it is computed for each text
	 */
	@Nullable String getValue(String name);

}
