package io.github.resilientws.internal.encoding;

import java.util.HashSet;
import java.util.Set;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.protocol.JsonValue;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.protocol.TemplateValues;

/**
 * Puts the payload of a text message and an id into an envelope.
 */
public final class EnvelopeEncoder implements MessageEncoder {

	private static final Set<String> OWN_NAMES = Set.of("id", "payload");

	private final Template template;

	private final TemplateValues values;

	private final MessageIdGenerator ids;

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
	}

	@Override
	public EncodedMessage encode(OutboundMessage message, Object payload) throws MessageRefusedException {
		if (!(payload instanceof String text)) {
			throw new MessageRefusedException(
					"a binary message has no place in delivery.envelope; it needs an id of its own and delivery.id");
		}
		// refused as without an envelope; the template would escape it
		MessageEncoder.requirePaired(text);
		Object id = (message.getId() != null) ? message.getId() : this.ids.next();
		Object data = message.isObject() ? new JsonValue(text) : text;
		byte[] bytes = this.template.renderUtf8((name) -> switch (name) {
			case "id" -> id;
			case "payload" -> data;
			default -> this.values.lookup(name);
		});
		return new EncodedMessage(true, bytes, id.toString(), message.getId() == null && this.ids.areUnique());
	}

}
