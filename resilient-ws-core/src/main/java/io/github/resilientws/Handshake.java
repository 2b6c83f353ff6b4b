package io.github.resilientws;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * One attempt to connect, as a {@link HandshakeCustomizer} may change it. What is set
 * here wins over the settings, for this attempt only.
 */
public interface Handshake {

	/**
	 * Return the name of the client.
	 * @return the name
	 */
	String getClientName();

	/**
	 * Return the number of this attempt.
	 * @return the number, from 1, within the series of attempts
	 */
	int getAttempt();

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
	 * Connect to the given URL.
	 * @param url a {@code ws} or {@code wss} URL with a host and without a fragment
	 * @throws IllegalArgumentException if it is not
	 */
	void setUrl(URI url);

	/**
	 * Send the given header.
	 * @param name name of the header
	 * @param value its value
	 * @throws IllegalArgumentException if name or value cannot stand in a header, or the
	 * header belongs to the handshake itself
	 */
	void setHeader(String name, String value);

	/**
	 * Supply a value for templates.
	 * @param name name that templates use
	 * @param value the value; never shown
	 * @throws IllegalArgumentException if the name is not allowed
	 */
	void setValue(String name, String value);

}
