package io.github.resilientws.internal.session;

import java.util.List;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ErrorHandler;

import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.framing.EncodedConnection;
import io.github.resilientws.internal.request.PendingReplies;
import io.github.resilientws.internal.request.ReplyHandler;
import io.github.resilientws.internal.request.TemplateSender;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.protocol.TemplateValues;
import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.WriteListener;

/**
 * Writes text messages of the protocol to one connection.
 */
public final class TemplateWriter implements TemplateSender {

	private final EncodedConnection connection;

	private final TemplateValues values;

	private final PendingReplies replies;

	private final ErrorHandler errorHandler;

	/**
	 * Create a writer.
	 * @param connection the connection
	 * @param values values of names in templates
	 * @param replies receives the texts that have an id
	 * @param errorHandler receives the exception of a template that lacks a value, or a
	 * {@link MessageRefusedException}
	 */
	public TemplateWriter(EncodedConnection connection, TemplateValues values, PendingReplies replies,
			ErrorHandler errorHandler) {
		this.connection = connection;
		this.values = values;
		this.replies = replies;
		this.errorHandler = errorHandler;
	}

	@Override
	public boolean isAnswered(Template template) {
		return this.replies.areRecognised() && hasId(template);
	}

	@Override
	public boolean hasRoom(Template template) {
		return !isAnswered(template) || this.replies.hasRoom();
	}

	private static boolean hasId(Template template) {
		return template.names().contains("id");
	}

	@Override
	public void send(Template template, Function<String, @Nullable Object> values, WriteListener listener,
			ReplyHandler handler) {
		Object id = nextId(template);
		OutboundPayload text;
		try {
			text = render(template, id, values);
		}
		catch (IllegalStateException | MessageRefusedException ex) {
			this.errorHandler.handleError(ex);
			return;
		}
		write(text, id, listener, handler);
	}

	@Override
	public void sendOrFail(Template template, Function<String, @Nullable Object> values, WriteListener listener,
			ReplyHandler handler) {
		Object id = nextId(template);
		OutboundPayload text;
		try {
			text = render(template, id, values);
		}
		catch (MessageRefusedException ex) {
			throw new IllegalStateException(ex.detail(), ex.getCause());
		}
		write(text, id, listener, handler);
	}

	private @Nullable Object nextId(Template template) {
		return hasId(template) ? this.replies.nextId() : null;
	}

	private OutboundPayload render(Template template, @Nullable Object id, Function<String, @Nullable Object> values)
			throws MessageRefusedException {
		byte[] text = template.renderUtf8(this.values.forText((name) -> name.equals("id") ? id : values.apply(name)));
		return this.connection.encode(OutboundPayload.text(text));
	}

	private void write(OutboundPayload text, @Nullable Object id, WriteListener listener, ReplyHandler handler) {
		if (id != null && this.replies.areRecognised()) {
			this.replies.addOwn(id.toString(), handler);
		}
		this.connection.socket().write(List.of(text), listener);
	}

	@Override
	public boolean hasValue(String name) {
		return this.values.has(name);
	}

}
