package io.github.resilientws.internal.session;

import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.answer.AnswerTemplate;
import io.github.resilientws.internal.answer.CompiledQuestions;
import io.github.resilientws.internal.answer.ConnectionQuestions;
import io.github.resilientws.internal.delivery.AcknowledgementRules;
import io.github.resilientws.internal.delivery.AcknowledgementRules.Kind;
import io.github.resilientws.internal.request.CompiledRequests;
import io.github.resilientws.internal.request.CompiledRequests.ReplyKind;
import io.github.resilientws.internal.request.PendingReplies;
import io.github.resilientws.internal.request.ReplyHandler;
import io.github.resilientws.internal.request.TemplateSender;
import io.github.resilientws.internal.session.ProtocolRules.AutoReply;
import io.github.resilientws.internal.session.ProtocolRules.ReconnectMessage;
import io.github.resilientws.internal.session.SessionSteps.Handling;
import io.github.resilientws.internal.subscription.ConnectionSubscriptions;
import io.github.resilientws.protocol.MessageReader;
import io.github.resilientws.protocol.MessageRulesRegistry;
import io.github.resilientws.protocol.ParsedMessage;

/**
 * Handles the received text messages that belong to the protocol, not to listeners:
 * answers to heartbeats, replies, acknowledgements, messages that end the connection,
 * answers to session steps, questions with an automatic reply, and messages that confirm
 * or end a subscription. A message is parsed once, and only if a rule needs it. Confined
 * to the client's executor.
 */
public final class ProtocolMessageHandler {

	// limits the pending answers to a peer that asks and does not read
	private static final int MAX_PENDING_ANSWERS = 64;

	private final Supplier<ProtocolRules> rules;

	private final MessageRulesRegistry messageRules;

	private final MessageReader reader = new MessageReader();

	private final SessionState state;

	private final ProtocolReceivers receivers;

	private final SessionListener listener;

	private final TemplateSender sender;

	private final BiConsumer<String, @Nullable ParsedMessage> listeners;

	private int pendingAnswers;

	/**
	 * Create a handler for one connection.
	 * @param session objects that the sessions of the client share
	 * @param receivers receive the messages
	 * @param listener notified of messages that end the connection
	 * @param sender sends automatic replies
	 * @param listeners receives the text of each message for listeners, and the message
	 * as the rules read it, retained, or {@code null} if no listener has rules
	 */
	public ProtocolMessageHandler(SessionContext session, ProtocolReceivers receivers, SessionListener listener,
			TemplateSender sender, BiConsumer<String, @Nullable ParsedMessage> listeners) {
		this.rules = session.rules();
		this.messageRules = session.messageRules();
		this.state = session.state();
		this.receivers = receivers;
		this.listener = listener;
		this.sender = sender;
		this.listeners = listeners;
	}

	/**
	 * Handle a text message that is not decoded yet. It is decoded only if listeners or a
	 * rule need its text.
	 * @param utf8 array of the message
	 * @param offset offset of the message
	 * @param length length of the message
	 * @return {@code false} if it has to be decoded first
	 */
	public boolean handle(byte[] utf8, int offset, int length) {
		ProtocolRules current = this.rules.get();
		if (!current.hasRules()) {
			return false;
		}
		AcknowledgementRules acknowledgementRules = current.firstAcknowledgements();
		if (acknowledgementRules != null
				&& acknowledgementRules.isExpected(utf8, offset, length, this.receivers.acknowledgements())) {
			return true;
		}
		ParsedMessage message = this.reader.read(this.messageRules.current(), utf8, offset, length);
		if (message != null) {
			dispatch(current, message);
		}
		return message != null;
	}

	/**
	 * Handle a text message. Listeners receive it if it neither belongs to the protocol
	 * nor is a question.
	 * @param text the text
	 */
	public void handle(String text) {
		ProtocolRules current = this.rules.get();
		if (current.hasRules()) {
			dispatch(current, read(text));
		}
		else {
			this.listeners.accept(text, null);
		}
	}

	private void dispatch(ProtocolRules current, ParsedMessage message) {
		try {
			if (!handle(current, message)) {
				this.listeners.accept(message.text(), this.messageRules.areUsedByListeners() ? message.retain() : null);
			}
		}
		finally {
			this.reader.clear();
		}
	}

	private ParsedMessage read(String text) {
		return this.reader.read(this.messageRules.current(), text);
	}

	private boolean handle(ProtocolRules current, ParsedMessage message) {
		current.capture(message, this.state);
		if (this.receivers.heartbeat().handle(message)) {
			return true;
		}
		CompiledRequests requests = current.requests();
		if (requests != null) {
			ReplyKind reply = requests.handle(message, this.receivers.replies());
			if (reply != ReplyKind.NONE) {
				return reply == ReplyKind.HIDDEN;
			}
		}
		Kind kind = classify(current, message);
		// an unknown id may belong to a session step
		if (kind == Kind.ACKNOWLEDGEMENT || endsConnection(current, message)) {
			return true;
		}
		SessionSteps steps = this.receivers.steps();
		Handling step = (steps != null) ? steps.handle(message) : Handling.NONE;
		if (step != Handling.NONE) {
			return step == Handling.HIDDEN;
		}
		// a server may acknowledge, or answer a session step, in the form of a reply
		ConnectionSubscriptions subscriptions = this.receivers.subscriptions();
		if (requests != null && requests.handleUnexpected(message,
				Objects.requireNonNullElse(subscriptions, PendingReplies.Unexpected.NONE))) {
			return true;
		}
		AutoReply autoReply = current.replyTo(message);
		if (autoReply != null) {
			send(autoReply.answer(), message);
			return autoReply.hidden();
		}
		if (kind == Kind.UNKNOWN || (subscriptions != null && subscriptions.handle(message))) {
			return true;
		}
		CompiledQuestions rules = current.questions();
		ConnectionQuestions questions = this.receivers.questions();
		return rules != null && questions != null && questions.handle(rules, message);
	}

	/**
	 * Handle a text message of a connection that is being closed: only acknowledgements
	 * are processed, because they avoid resends.
	 * @param text the text
	 */
	public void handleLate(String text) {
		ProtocolRules current = this.rules.get();
		if (current.acknowledgements() != null) {
			classify(current, read(text));
		}
	}

	private Kind classify(ProtocolRules current, ParsedMessage message) {
		AcknowledgementRules acknowledgementRules = current.acknowledgements();
		return (acknowledgementRules != null)
				? acknowledgementRules.classify(message, this.receivers.acknowledgements()) : Kind.NO_ANSWER;
	}

	private boolean endsConnection(ProtocolRules current, ParsedMessage message) {
		ReconnectMessage rule = current.findReconnectMessage(message);
		if (rule != null) {
			this.listener.onReconnectMessage(rule.name(), rule.action());
		}
		return rule != null;
	}

	private void send(AnswerTemplate answer, ParsedMessage message) {
		if (this.pendingAnswers < MAX_PENDING_ANSWERS && this.sender.hasRoom(answer.template())) {
			this.pendingAnswers++;
			this.sender.send(answer.template(), answer.valuesFor(message),
					(written, started, failure) -> this.pendingAnswers--, ReplyHandler.NONE);
		}
	}

}
