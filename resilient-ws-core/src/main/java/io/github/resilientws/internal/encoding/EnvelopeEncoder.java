package io.github.resilientws.internal.encoding;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.protocol.JsonValue;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.protocol.TemplateValues;
import io.github.resilientws.protocol.UnresolvedTemplateException;
import io.github.resilientws.protocol.WellFormedText;

/**
 * Puts the payload, the destination and an id into an envelope.
 */
public final class EnvelopeEncoder implements MessageEncoder {

	private static final Set<String> OWN_NAMES = Set.of("id", "payload", "destination");

	private final Template template;

	private final TemplateValues values;

	private final MessageIdGenerator ids;

	private final EnvelopeCheck check;

	/**
	 * Create an encoder.
	 * @param template the envelope
	 * @param values values of other names
	 * @param given names of the given values
	 * @param ids creates ids
	 */
	public EnvelopeEncoder(Template template, TemplateValues values, Set<String> given, MessageIdGenerator ids) {
		Set<String> known = new HashSet<>(OWN_NAMES);
		known.addAll(TemplateValues.BUILT_IN);
		known.addAll(given);
		template.requireNames(known);
		this.template = template;
		this.values = values;
		this.ids = ids;
		this.check = new EnvelopeCheck("delivery.envelope", template);
	}

	@Override
	public EncodedMessage encode(OutboundMessage message, @Nullable Object payload) throws MessageRefusedException {
		this.check.check(message, payload);
		Object id = (message.getId() != null) ? message.getId() : this.ids.next();
		Object data = (payload instanceof String text) ? data(text, message.isObject()) : payload;
		byte[] bytes;
		try {
			bytes = this.template.renderUtf8(this.values.forText((name) -> switch (name) {
				case "id" -> id;
				case "payload" -> data;
				case "destination" -> message.getDestination();
				default -> message.getValues().get(name);
			}));
		}
		catch (UnresolvedTemplateException ex) {
			// that the payload is not well-formed is the better description
			if (payload instanceof String text) {
				MessageEncoder.utf8(text);
			}
			throw new MessageRefusedException(ex.getDescription());
		}
		return (id instanceof UUID unique && this.ids.areUnique()) ? new EncodedMessage(true, bytes, null, unique, null)
				: EncodedMessage.of(true, bytes, id.toString());
	}

	// refused with an unpaired surrogate, as without a template, which would escape it
	private static Object data(String text, boolean json) throws MessageRefusedException {
		if (!json) {
			return new WellFormedText(text);
		}
		MessageEncoder.utf8(text);
		return new JsonValue(text);
	}

}
