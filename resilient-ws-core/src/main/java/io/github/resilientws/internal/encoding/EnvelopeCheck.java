package io.github.resilientws.internal.encoding;

import java.nio.ByteBuffer;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.OutboundMessage;
import io.github.resilientws.protocol.Template;

/**
 * Refuses messages whose payload or destination a template cannot write.
 */
public final class EnvelopeCheck {

	private final String key;

	private final boolean takesBytes;

	private final boolean writesDestination;

	/**
	 * Create a check.
	 * @param key key of the template, for failure texts
	 * @param template the template
	 */
	public EnvelopeCheck(String key, Template template) {
		this.key = key;
		this.takesBytes = template.takesBytes("payload");
		this.writesDestination = template.names().contains("destination");
	}

	/**
	 * Check a message.
	 * @param message the message
	 * @param payload its payload, converted, or {@code null}
	 * @throws MessageRefusedException if the template cannot write it
	 */
	public void check(OutboundMessage message, @Nullable Object payload) throws MessageRefusedException {
		if (payload instanceof ByteBuffer && !this.takesBytes) {
			throw new MessageRefusedException("a binary message has no place in " + this.key + "; it needs"
					+ " {{payload:base64}} there, or with delivery.id an id of its own and no envelope");
		}
		if (message.getDestination() != null && !this.writesDestination) {
			throw MessageEncoder.noDestination(this.key);
		}
	}

}
