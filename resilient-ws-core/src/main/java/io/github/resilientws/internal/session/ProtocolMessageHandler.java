package io.github.resilientws.internal.session;

import java.util.function.Supplier;

import io.github.resilientws.internal.delivery.AcknowledgementHandler;
import io.github.resilientws.internal.delivery.AcknowledgementRules;
import io.github.resilientws.internal.delivery.AcknowledgementRules.Kind;
import io.github.resilientws.internal.heartbeat.HeartbeatMonitor;
import io.github.resilientws.internal.request.CompiledRequests;
import io.github.resilientws.internal.request.ReplyHandler;
import io.github.resilientws.internal.request.TemplateSender;
import io.github.resilientws.internal.session.ProtocolRules.AutoReply;
import io.github.resilientws.internal.subscription.ConnectionSubscriptions;
import io.github.resilientws.protocol.ParsedMessage;

/**
 * Handles the received text messages that belong to the protocol, not to listeners:
 * answers to heartbeats, replies, acknowledgements, answers to session steps, questions
 * with an automatic reply, and messages that confirm or end a subscription. A message is
 * parsed once, and only if a rule needs it. Confined to the client's executor.
 */
public final class ProtocolMessageHandler {

	// limits the pending answers to a peer that asks and does not read
	private static final int MAX_PENDING_ANSWERS = 64;

	private final Supplier<ProtocolRules> rules;

	private final HeartbeatMonitor heartbeat;

	private final SessionSteps steps;

	private final AcknowledgementHandler acknowledgements;

	private final TemplateSender sender;

	private final ConnectionSubscriptions subscriptions;

	private int pendingAnswers;

	/**
	 * Create a handler for one connection.
	 * @param rules returns the current rules
	 * @param heartbeat the heartbeat of the connection
	 * @param steps the session steps of the connection
	 * @param acknowledgements receives acknowledgements
	 * @param sender sends automatic replies
	 * @param subscriptions subscriptions of the connection
	 */
	public ProtocolMessageHandler(Supplier<ProtocolRules> rules, HeartbeatMonitor heartbeat, SessionSteps steps,
			AcknowledgementHandler acknowledgements, TemplateSender sender, ConnectionSubscriptions subscriptions) {
		this.rules = rules;
		this.heartbeat = heartbeat;
		this.steps = steps;
		this.acknowledgements = acknowledgements;
		this.sender = sender;
		this.subscriptions = subscriptions;
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
		if (this.heartbeat.isAnswer(message)) {
			return true;
		}
		CompiledRequests requests = current.requests();
		if (requests != null && requests.handle(message, this.subscriptions.replies(), this.subscriptions)) {
			return true;
		}
		Kind kind = classify(current, message);
		// an unknown id may belong to a session step
		if (kind == Kind.ACKNOWLEDGEMENT || this.steps.handle(message)) {
			return true;
		}
		AutoReply reply = current.replyTo(message);
		if (reply != null) {
			send(reply.answer(), message);
		}
		return reply != null || kind == Kind.UNKNOWN || this.subscriptions.handle(message);
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

	private void send(AnswerTemplate answer, ParsedMessage message) {
		if (this.pendingAnswers < MAX_PENDING_ANSWERS && this.sender.hasRoom(answer.template())) {
			this.pendingAnswers++;
			this.sender.send(answer.template(), answer.valuesFor(message),
					(written, started, failure) -> this.pendingAnswers--, ReplyHandler.NONE);
		}
	}

}
