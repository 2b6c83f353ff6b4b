package io.github.resilientws.internal.session;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ErrorHandler;

import io.github.resilientws.internal.encoding.TemplateSender;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.protocol.TemplateValues;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

/**
 * Writes text messages of the protocol to one connection.
 */
public final class TemplateWriter implements TemplateSender {

	private final WebSocketConnection socket;

	private final TemplateValues values;

	private final ErrorHandler errorHandler;

	/**
	 * Create a writer.
	 * @param socket the connection
	 * @param values values of names in templates
	 * @param errorHandler receives the exception of a template that lacks a value
	 */
	public TemplateWriter(WebSocketConnection socket, TemplateValues values, ErrorHandler errorHandler) {
		this.socket = socket;
		this.values = values;
		this.errorHandler = errorHandler;
	}

	@Override
	public void send(Template template, Function<String, @Nullable Object> values, WriteListener listener) {
		byte[] text;
		try {
			text = template.renderUtf8(this.values.forText(values));
		}
		catch (IllegalStateException ex) {
			this.errorHandler.handleError(ex);
			return;
		}
		this.socket.write(List.of(new ControlText(text)), listener);
	}

	@Override
	public boolean hasValue(String name) {
		return this.values.has(name);
	}

}
