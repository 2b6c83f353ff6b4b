package io.github.resilientws.internal.encoding;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.protocol.Template;
import io.github.resilientws.transport.WriteListener;

/**
 * Sends text messages of the protocol: heartbeats, session steps, automatic replies. They
 * do not wait for messages of the application. Called on the client's executor.
 */
@FunctionalInterface
public interface TemplateSender {

	/**
	 * Render a template and send it as a text message. If a value is missing, the
	 * connection ends.
	 * @param template the template
	 * @param values values of this text, which precede those of the connection
	 * @param listener receives the result of the write
	 */
	void send(Template template, Function<String, @Nullable Object> values, WriteListener listener);

	/**
	 * Render a template and send it as a text message. If a value is missing, the
	 * connection ends.
	 * @param template the template
	 * @param listener receives the result of the write
	 */
	default void send(Template template, WriteListener listener) {
		send(template, (name) -> null, listener);
	}

	/**
	 * Return whether a name has a value on this connection now.
	 * @param name the name
	 * @return whether it has one
	 */
	default boolean hasValue(String name) {
		return false;
	}

}
