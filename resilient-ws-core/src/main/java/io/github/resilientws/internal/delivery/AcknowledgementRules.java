package io.github.resilientws.internal.delivery;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.MessageMatcher;
import io.github.resilientws.protocol.MessageRules;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.protocol.SimilarMessages;
import io.github.resilientws.settings.DeliverySettings;

/**
 * Recognises acknowledgements and negative acknowledgements. Confined to the client's
 * executor.
 */
public final class AcknowledgementRules {

	private final Answer ack;

	private final @Nullable Answer nack;

	private final @Nullable Locator reason;

	// a server whose answers differ only in the id is recognised without parsing
	private final SimilarMessages acks;

	private AcknowledgementRules(Answer ack, @Nullable Answer nack, @Nullable Locator reason) {
		this.ack = ack;
		this.nack = nack;
		this.reason = reason;
		List<Answer> all = (nack != null) ? List.of(ack, nack) : List.of(ack);
		this.acks = new SimilarMessages(ack.id(), all.stream().map(Answer::id).toList(),
				all.stream().map(Answer::when).filter(Objects::nonNull).toList());
	}

	public static AcknowledgementRules compile(MessageRules.Builder builder, DeliverySettings settings) {
		Answer ack = Answer.compile(builder, "delivery.ack", settings.ack().when(), settings.ack().id());
		boolean refuses = !settings.nack().when().isEmpty() || !settings.nack().id().isEmpty();
		String nackId = settings.nack().id().isEmpty() ? settings.ack().id() : settings.nack().id();
		Answer nack = refuses ? Answer.compile(builder, "delivery.nack", settings.nack().when(), nackId) : null;
		Locator reason = settings.nack().reason().isEmpty() ? null
				: builder.locator("delivery.nack.reason", settings.nack().reason());
		return new AcknowledgementRules(ack, nack, reason);
	}

	/**
	 * Return whether a matcher gives the same result for messages that differ only in the
	 * acknowledged id.
	 * @param matcher the matcher, or {@code null}
	 * @return whether it does not depend on the id
	 */
	public boolean areIndependentOf(@Nullable MessageMatcher matcher) {
		return matcher == null || this.acks.areIndependentOf(matcher);
	}

	/**
	 * Recognise the acknowledgement of the next id in a message that is not decoded yet,
	 * and pass it on.
	 * @param utf8 array of the message
	 * @param offset offset of the message
	 * @param length length of the message
	 * @param handler receives the acknowledgement
	 * @return whether the message is this acknowledgement
	 */
	public boolean isExpected(byte[] utf8, int offset, int length, AcknowledgementHandler handler) {
		UUID expected = handler.expectedId();
		if (expected == null || !this.acks.isExpected(utf8, offset, length, expected)) {
			return false;
		}
		handler.onExpectedAcknowledged();
		return true;
	}

	/**
	 * Recognise an answer of the server, and pass it on.
	 * @param message a message of the server
	 * @param handler receives the acknowledgement
	 * @return the kind of the message
	 */
	public Kind classify(ParsedMessage message, AcknowledgementHandler handler) {
		UUID expected = handler.expectedId();
		if (expected != null && this.acks.isExpected(message, expected)) {
			handler.onExpectedAcknowledged();
			return Kind.ACKNOWLEDGEMENT;
		}
		String again = this.acks.find(message);
		if (again != null) {
			return kind(handler.onAcknowledged(again));
		}
		String refused = (this.nack != null) ? this.nack.id(message) : null;
		if (refused != null) {
			return kind(handler.onRefused(refused, reason(message)));
		}
		String acknowledged = this.ack.id(message);
		if (acknowledged == null) {
			return Kind.NO_ANSWER;
		}
		this.acks.remember(message, acknowledged);
		return kind(handler.onAcknowledged(acknowledged));
	}

	private static Kind kind(boolean known) {
		return known ? Kind.ACKNOWLEDGEMENT : Kind.UNKNOWN;
	}

	private String reason(ParsedMessage message) {
		String reason = (this.reason != null) ? message.find(this.reason) : null;
		return (reason != null) ? "the server refused it: " + reason : "the server refused it";
	}

	private record Answer(@Nullable MessageMatcher when, Locator id) {

		static Answer compile(MessageRules.Builder builder, String key, String when, String id) {
			return new Answer(when.isEmpty() ? null : builder.matcher(key + ".when", when),
					builder.locator(key + ".id", id));
		}

		@Nullable String id(ParsedMessage message) {
			return (this.when == null || message.matches(this.when)) ? message.find(this.id) : null;
		}

	}

	/**
	 * The kind of a message of the server.
	 */
	public enum Kind {

		/** Something else. */
		NO_ANSWER,

		/** The answer to a message in the outbox, or to a dead letter. */
		ACKNOWLEDGEMENT,

		/** An answer with an id that is not known here. */
		UNKNOWN

	}

}
