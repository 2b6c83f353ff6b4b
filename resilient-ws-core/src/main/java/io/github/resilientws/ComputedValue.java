package io.github.resilientws;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * A value for templates that is computed for each text, for example a signature over the
 * time that stands in the same text.
 *
 * <pre>{@code
 * handshake.setValue("signature", (values) -> sign("apiKey=" + values.apply("apiKey")
 *     + "&timestamp=" + values.apply("now")));
 * }</pre>
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ComputedValue {

	/**
	 * Compute the value. Called on the client's executor, so it must not block; once for
	 * each text that holds the value.
	 * @param values returns other values of the same text by name, or {@code null}
	 * @return the value; never shown
	 * @throws Exception if it cannot be computed: a text of the protocol, such as a
	 * session step, then ends the connection; a message is rejected
	 */
	String compute(Function<String, @Nullable String> values) throws Exception;

}
