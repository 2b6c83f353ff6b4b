package io.github.resilientws.internal.encoding;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.protocol.Template;
import io.github.resilientws.protocol.TemplateValues;

/**
 * The text of a message that depends on the connection to which it is handed over, by its
 * id or by values.
 */
public interface DeferredText {

	/**
	 * Render the text. Called on the client's executor.
	 * @param own returns the id and other values that precede those of the message, or
	 * {@code null}
	 * @param values values of the connection
	 * @return the text in UTF-8
	 * @throws MessageRefusedException if a value is missing
	 */
	byte[] render(Function<String, @Nullable Object> own, TemplateValues values) throws MessageRefusedException;

	/**
	 * Return whether the text has an id.
	 * @return {@code false} if the template has no place for one
	 */
	boolean hasId();

	/**
	 * Return the id that the sender gave.
	 * @return the id, or {@code null} for one of the connection
	 */
	@Nullable String givenId();

	/**
	 * Return the destination.
	 * @return the destination, or {@code null} if the message has none
	 */
	@Nullable String destination();

	/**
	 * Return the same message in another template.
	 * @param template the template
	 * @return the text
	 */
	DeferredText in(Template template);

}
