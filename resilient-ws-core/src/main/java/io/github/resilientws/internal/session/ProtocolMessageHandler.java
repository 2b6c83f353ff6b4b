package io.github.resilientws.internal.session;

import java.util.function.Supplier;

import io.github.resilientws.internal.delivery.AcknowledgementHandler;
import io.github.resilientws.internal.delivery.AcknowledgementRules;
import io.github.resilientws.internal.delivery.AcknowledgementRules.Kind;
import io.github.resilientws.internal.encoding.TemplateSender;
import io.github.resilientws.internal.heartbeat.ToldHeartbeat;
import io.github.resilientws.internal.session.ProtocolRules.AutoReply;
import io.github.resilientws.internal.session.ProtocolRules.ReconnectMessage;
import io.github.resilientws.internal.session.SessionSteps.Handling;
import io.github.resilientws.protocol.ParsedMessage;

/**
 * Handles the received text messages that belong to the protocol, not to listeners:
 * answers to heartbeats, acknowledgements, messages that end the connection, answers to
 * session steps, and questions with an automatic reply. A message is parsed once, and
 * only if a rule needs it. Confined to the client's executor.
 */
public final class ProtocolMessageHandler {

	// limits the pending replies to a peer that asks and does not read
	private static final int MAX_PENDING_REPLIES = 64;

	private final Supplier<ProtocolRules> rules;

	private final SessionMemory memory;

	private final ToldHeartbeat heartbeat;

	private final SessionSteps steps;

	private final AcknowledgementHandler acknowledgements;

	private final TemplateSender sender;

	private final SessionListener listener;

	private int pendingReplies;

	/**
	 * Create a handler for one connection.
	 * @param session objects that the sessions of the client share
	 * @param heartbeat the heartbeat of the connection
	 * @param steps the session steps of the connection
	 * @param acknowledgements receives acknowledgements
	 * @param sender sends automatic replies
	 * @param listener notified of messages that end the connection
	 */
	public ProtocolMessageHandler(SessionContext session, ToldHeartbeat heartbeat, SessionSteps steps,
			AcknowledgementHandler acknowledgements, TemplateSender sender, SessionListener listener) {
		this.rules = session.rules();
		this.memory = session.memory();
		this.heartbeat = heartbeat;
		this.steps = steps;
		this.acknowledgements = acknowledgements;
		this.sender = sender;
		this.listener = listener;
	}

	/**
	 * Handle a text message.
	 * @param text the text
	 * @return whether it belongs to the protocol, so that listeners do not see it
	 */
	public boolean handle(String text) {
		ProtocolRules current = this.rules.get();
		if (!current.hasRules()) {
			return false;
		}
		ParsedMessage message = current.read(text);
		current.capture(message, this.memory);
		if (this.heartbeat.handle(message)) {
			return true;
		}
		Kind kind = classify(current, message);
		// an unknown id may belong to a session step
		if (kind == Kind.ACKNOWLEDGEMENT || endsConnection(current, message)) {
			return true;
		}
		Handling step = this.steps.handle(message);
		if (step != Handling.NONE) {
			return step == Handling.HIDDEN;
		}
		AutoReply reply = current.replyTo(message);
		if (reply != null) {
			send(reply.answer(), message);
		}
		return (reply != null) ? reply.hidden() : kind == Kind.UNKNOWN;
	}

	/**
	 * Handle a text message of a connection that is being closed: only acknowledgements
	 * are processed, because they avoid resends.
	 * @param text the text
	 */
	public void handleLate(String text) {
		ProtocolRules current = this.rules.get();
		if (current.acknowledgements() != null) {
			classify(current, current.read(text));
		}
	}

	private Kind classify(ProtocolRules current, ParsedMessage message) {
		AcknowledgementRules acknowledgementRules = current.acknowledgements();
		return (acknowledgementRules != null) ? acknowledgementRules.classify(message, this.acknowledgements)
				: Kind.NO_ANSWER;
	}

	private boolean endsConnection(ProtocolRules current, ParsedMessage message) {
		ReconnectMessage rule = current.findReconnectMessage(message);
		if (rule != null) {
			this.listener.onReconnectMessage(rule.name(), rule.action());
		}
		return rule != null;
	}

	private void send(AnswerTemplate answer, ParsedMessage message) {
		if (this.pendingReplies < MAX_PENDING_REPLIES) {
			this.pendingReplies++;
			this.sender.send(answer.template(), answer.valuesFor(message),
					(written, started, failure) -> this.pendingReplies--);
		}
	}

}
