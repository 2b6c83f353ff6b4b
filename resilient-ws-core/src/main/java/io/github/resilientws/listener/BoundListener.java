package io.github.resilientws.listener;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.MessageMatcher;
import io.github.resilientws.protocol.ParsedMessage;

/**
 * A listener method of one client. It checks whether the method wants a message, and
 * calls the method with the payload.
 *
 * @param method the method
 * @param client the client
 * @param when matcher of its messages, or {@code null} for all
 * @param part locator of its payload, or {@code null} for the whole message
 * @param reader converts the payload, or {@code null} if the method takes no converted
 * payload
 */
record BoundListener(ListenerMethod method, ResilientWebSocketClient client, @Nullable MessageMatcher when,
		@Nullable Locator part, @Nullable PayloadReader reader) {

	/** Returned in place of a result if the method does not want the message. */
	static final Object NOT_CALLED = new Object();

	/**
	 * Call the method if it wants a text message.
	 * @param message the message
	 * @param parsed the message as the rules of the client read it
	 * @return the result of the method, or {@link #NOT_CALLED}
	 * @throws Throwable the exception of the method or of the conversion
	 */
	@Nullable Object onText(InboundMessage message, ParsedMessage parsed) throws Throwable {
		if (this.when != null && !parsed.matches(this.when)) {
			return NOT_CALLED;
		}
		String text = (this.part != null) ? located(this.part, parsed) : message.text();
		return (text != null) ? this.method.invoke(payload(message, text), this.client) : NOT_CALLED;
	}

	boolean returnsValue() {
		return this.method.signature().returnsValue();
	}

	void onBinary(InboundMessage message) throws Throwable {
		PayloadKind kind = this.method.signature().kind();
		if (this.when == null && this.part == null && kind.takesBinary()) {
			this.method.invoke(payload(kind, message, message), this.client);
		}
	}

	private @Nullable String located(Locator part, ParsedMessage parsed) {
		if (this.reader == null) {
			return parsed.find(part);
		}
		String json = parsed.findContent(part);
		return "null".equals(json) ? null : json;
	}

	private @Nullable Object payload(InboundMessage message, String text) {
		if (this.reader != null) {
			return this.reader.read(text);
		}
		PayloadKind kind = this.method.signature().kind();
		return payload(kind, message, (this.part != null) ? InboundMessage.text(text) : message);
	}

	private static @Nullable Object payload(PayloadKind kind, InboundMessage whole, InboundMessage payload) {
		return switch (kind) {
			case TEXT -> payload.text();
			case BYTES -> {
				byte[] bytes = new byte[payload.bytes().remaining()];
				payload.bytes().get(bytes);
				yield bytes;
			}
			case BUFFER -> payload.bytes();
			case MESSAGE -> whole;
			case NONE, CONVERTED -> null;
		};
	}

}
