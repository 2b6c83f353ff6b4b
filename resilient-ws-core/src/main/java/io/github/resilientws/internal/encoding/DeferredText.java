package io.github.resilientws.internal.encoding;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.protocol.TemplateValues;

/**
 * The text of a message that depends on the connection to which it is handed over, by its
 * id or by values.
 */
public interface DeferredText {

	/**
	 * Render the text. Called on the client's executor.
	 * @param id the id
	 * @param values values of the connection
	 * @return the text in UTF-8
	 * @throws MessageRefusedException if a value is missing
	 */
	byte[] render(Object id, TemplateValues values) throws MessageRefusedException;

	/**
	 * Return the id that the sender gave.
	 * @return the id, or {@code null} for one of the connection
	 */
	@Nullable String givenId();

}
