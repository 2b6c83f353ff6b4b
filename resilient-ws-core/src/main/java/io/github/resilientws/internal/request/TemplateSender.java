package io.github.resilientws.internal.request;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.protocol.Template;
import io.github.resilientws.transport.WriteListener;

/**
 * Sends text messages of the protocol: heartbeats, session steps, answers. They do not
 * wait for messages of the application. Called on the client's executor.
 */
public interface TemplateSender {

	/**
	 * Render a template and send it as a text message. If a value is missing, or the
	 * codec cannot encode the text, the connection ends.
	 * @param template the template
	 * @param values values of this text, which precede those of the connection
	 * @param listener receives the result of the write
	 * @param replies receives the reply to a text with an id
	 */
	void send(Template template, Function<String, @Nullable Object> values, WriteListener listener,
			ReplyHandler replies);

	/**
	 * Render a template and send it as a text message. If that is not possible, nothing
	 * happens.
	 * @param template the template
	 * @param values values of this text, which precede those of the connection
	 * @param listener receives the result of the write
	 * @param replies receives the reply to a text with an id
	 * @throws IllegalStateException if a value is missing, or cannot be written in its
	 * form, or if the codec cannot encode the text
	 */
	void sendOrFail(Template template, Function<String, @Nullable Object> values, WriteListener listener,
			ReplyHandler replies);

	/**
	 * Return whether a template can be sent now.
	 * @param template the template
	 * @return {@code false} if its text needs a reply, and {@code request.window}
	 * requests have none yet
	 */
	boolean hasRoom(Template template);

	/**
	 * Return whether the reply to a text of a template is recognised by its id.
	 * @param template the template
	 * @return whether it has an id by which replies are recognised
	 */
	boolean isAnswered(Template template);

	/**
	 * Return whether a name has a value on this connection.
	 * @param name the name
	 * @return whether it has one
	 */
	boolean hasValue(String name);

	/**
	 * Render a template without values of its own and send it as a text message. If a
	 * value is missing, the connection ends.
	 * @param template the template
	 * @param listener receives the result of the write
	 * @param replies receives the reply to a text with an id
	 */
	default void send(Template template, WriteListener listener, ReplyHandler replies) {
		send(template, (name) -> null, listener, replies);
	}

}
