package io.github.resilientws.internal.request;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.MessageMatcher;
import io.github.resilientws.protocol.MessageRules;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.settings.RequestSettings;

/**
 * The compiled rules that recognise replies. Immutable.
 */
public final class CompiledRequests {

	private final @Nullable MessageMatcher replyWhen;

	private final Locator replyId;

	private final @Nullable Locator replyPayload;

	private final @Nullable MessageMatcher errorWhen;

	private final Locator errorId;

	private final @Nullable Locator errorPayload;

	private CompiledRequests(MessageRules.Builder builder, RequestSettings settings) {
		this.replyWhen = matcher(builder, "request.reply.when", settings.reply().when());
		this.replyId = builder.locator("request.reply.id", settings.reply().id());
		this.replyPayload = locator(builder, "request.reply.payload", settings.reply().payload());
		this.errorWhen = matcher(builder, "request.error.when", settings.error().when());
		Locator errorId = locator(builder, "request.error.id", settings.error().id());
		this.errorId = (errorId != null) ? errorId : this.replyId;
		this.errorPayload = locator(builder, "request.error.payload", settings.error().payload());
	}

	/**
	 * Compile the rules.
	 * @param builder collects the matchers and locators
	 * @param settings the settings
	 * @return the rules, or {@code null} if no replies are recognised
	 */
	public static @Nullable CompiledRequests compile(MessageRules.Builder builder, RequestSettings settings) {
		return settings.reply().id().isEmpty() ? null : new CompiledRequests(builder, settings);
	}

	/**
	 * Pass a reply to the handler that waits for it.
	 * @param message a message of the server
	 * @param pending the handlers of the connection
	 * @return whether a handler waited for the message, and whether listeners see it
	 */
	public ReplyKind handle(ParsedMessage message, PendingReplies pending) {
		String refused = refusedId(message);
		if (refused != null) {
			return pending.onReply(refused, message, true, this.errorPayload);
		}
		String id = (this.replyWhen == null || message.matches(this.replyWhen)) ? message.find(this.replyId) : null;
		return (id != null) ? pending.onReply(id, message, false, this.replyPayload) : ReplyKind.NONE;
	}

	/**
	 * Handle a reply for which no handler waits.
	 * @param message a message of the server
	 * @param unexpected decides about such replies
	 * @return whether it is one that listeners do not see
	 */
	public boolean handleUnexpected(ParsedMessage message, PendingReplies.Unexpected unexpected) {
		String refused = refusedId(message);
		if (refused != null) {
			return unexpected.onRefusal(refused, refusal(message));
		}
		return this.replyWhen != null && message.matches(this.replyWhen) && message.find(this.replyId) != null
				&& unexpected.onReply(message);
	}

	private @Nullable String refusedId(ParsedMessage message) {
		return (this.errorWhen != null && message.matches(this.errorWhen)) ? message.find(this.errorId) : null;
	}

	/**
	 * Return a message as a refusal, whatever its form.
	 * @param message the message
	 * @return the refusal
	 */
	public Reply refusal(ParsedMessage message) {
		return new Reply(message, true, this.errorPayload);
	}

	/**
	 * Find the id of a reply.
	 * @param message a message
	 * @return the id, or {@code null} if it has none
	 */
	public @Nullable String findId(ParsedMessage message) {
		return message.find(this.replyId);
	}

	private static @Nullable MessageMatcher matcher(MessageRules.Builder builder, String key, String expression) {
		return expression.isEmpty() ? null : builder.matcher(key, expression);
	}

	private static @Nullable Locator locator(MessageRules.Builder builder, String key, String expression) {
		return expression.isEmpty() ? null : builder.locator(key, expression);
	}

	/**
	 * Whether a message is a reply.
	 */
	public enum ReplyKind {

		/** No handler waits for it. */
		NONE,

		/** It is one, and listeners do not see it. */
		HIDDEN,

		/** It is one, and listeners see it, too. */
		SHOWN

	}

}
