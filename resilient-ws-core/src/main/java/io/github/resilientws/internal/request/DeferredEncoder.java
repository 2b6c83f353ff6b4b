package io.github.resilientws.internal.request;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DescribedFailure;
import io.github.resilientws.FailureDescription;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.internal.encoding.DeferredText;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.internal.encoding.EnvelopeCheck;
import io.github.resilientws.internal.encoding.MessageEncoder;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.protocol.JsonValue;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.protocol.TemplateValues;

/**
 * Leaves the template of a message to the connection to which it is handed over, because
 * ids and values belong to connections.
 */
public final class DeferredEncoder implements MessageEncoder {

	private static final byte[] NO_PAYLOAD = {};

	private final Template template;

	private final EnvelopeCheck check;

	/**
	 * Create an encoder.
	 * @param key key of the setting, for failure texts
	 * @param template the template
	 */
	public DeferredEncoder(String key, Template template) {
		this.template = template;
		this.check = new EnvelopeCheck(key, template);
	}

	@Override
	public EncodedMessage encode(OutboundMessage message, @Nullable Object payload) throws MessageRefusedException {
		this.check.check(message, payload);
		byte[] bytes = NO_PAYLOAD;
		Form form = Form.NONE;
		if (payload instanceof String text) {
			bytes = MessageEncoder.utf8(text);
			form = message.isObject() ? Form.JSON : Form.TEXT;
		}
		else if (payload instanceof ByteBuffer buffer) {
			bytes = MessageEncoder.bytes(buffer);
			form = Form.BYTES;
		}
		return EncodedMessage.deferred(bytes, message.getId(), new EnvelopedText(this.template, message.getId(),
				message.getDestination(), message.getValues(), bytes, form));
	}

	private enum Form {

		NONE, JSON, TEXT, BYTES

	}

	private record EnvelopedText(Template template, @Nullable String givenId, @Nullable String destination,
			Map<String, String> values, byte[] payload, Form form) implements DeferredText {

		@Override
		public byte[] render(Function<String, @Nullable Object> own, TemplateValues connectionValues)
				throws MessageRefusedException {
			Object data = data();
			try {
				return this.template.renderUtf8(connectionValues.forText((name) -> {
					Object value = own.apply(name);
					return (value != null) ? value : switch (name) {
						case "payload" -> data;
						case "destination" -> this.destination;
						default -> this.values.get(name);
					};
				}));
			}
			catch (Throwable ex) {
				// a value is missing or unsuitable, or a computed value failed; no
				// failure may leave the message in flight
				throw new MessageRefusedException((ex instanceof DescribedFailure described)
						? described.getDescription() : FailureDescription.describe(ex));
			}
		}

		@Override
		public boolean hasId() {
			return this.template.names().contains("id");
		}

		@Override
		public DeferredText in(Template other) {
			return new EnvelopedText(other, this.givenId, this.destination, this.values, this.payload, this.form);
		}

		private @Nullable Object data() {
			return switch (this.form) {
				case NONE -> null;
				case JSON -> new JsonValue(new String(this.payload, StandardCharsets.UTF_8));
				case TEXT -> new String(this.payload, StandardCharsets.UTF_8);
				case BYTES -> ByteBuffer.wrap(this.payload);
			};
		}

	}

}
