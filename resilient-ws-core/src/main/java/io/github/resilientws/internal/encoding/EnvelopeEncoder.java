package io.github.resilientws.internal.encoding;

import java.util.HashSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.protocol.JsonValue;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.protocol.TemplateValues;
import io.github.resilientws.protocol.UnresolvedTemplateException;

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
		Object id = (message.getId() != null) ? message.getId() : generateId();
		Object data = (payload instanceof String text && message.isObject()) ? new JsonValue(text) : payload;
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
			throw new MessageRefusedException(ex.getDescription());
		}
		return new EncodedMessage(true, bytes, id.toString(), message.getId() == null && this.ids.areUnique(), null);
	}

	// a text or a number, as the template writes it
	private Object generateId() {
		Object id = this.ids.next();
		return (id instanceof Number) ? id : id.toString();
	}

}
