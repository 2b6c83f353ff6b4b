package io.github.resilientws.internal.session;

import io.github.resilientws.internal.connection.ClientConnection;
import io.github.resilientws.internal.connection.ConnectionContext;
import io.github.resilientws.internal.delivery.AcknowledgementRules;
import io.github.resilientws.internal.delivery.AcknowledgementRules.Kind;
import io.github.resilientws.internal.delivery.AtLeastOnce;
import io.github.resilientws.internal.heartbeat.HeartbeatMonitor;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.protocol.Template;

/**
 * Takes the text frames of one connection that are the client's own business: answers to
 * heartbeats and messages, session steps, questions. Confined to the client's executor.
 */
public final class ProtocolMessageHandler {

	// a peer that asks and does not read gets no more answers
	private static final int MAX_PENDING_REPLIES = 64;

	private final ConnectionContext parts;

	private final ClientConnection connection;

	private final HeartbeatMonitor liveness;

	private final SessionSteps session;

	private int pendingReplies;

	public ProtocolMessageHandler(ConnectionContext parts, ClientConnection connection, HeartbeatMonitor liveness,
			SessionSteps session) {
		this.parts = parts;
		this.connection = connection;
		this.liveness = liveness;
		this.session = session;
	}

	/**
	 * Look at a text frame.
	 * @param text the text
	 * @return whether it was taken: listeners do not see it
	 */
	public boolean take(String text) {
		ProtocolRules protocol = this.parts.protocol().get();
		if (!protocol.hasRules()) {
			return false;
		}
		ParsedMessage frame = protocol.read(text);
		if (this.liveness.isAnswer(frame)) {
			return true;
		}
		Kind answer = look(protocol, frame);
		// an id that is not ours may be that of a session step
		if (answer == Kind.OURS || this.session.takes(frame)) {
			return true;
		}
		Template reply = protocol.replyTo(frame);
		if (reply != null && this.pendingReplies < MAX_PENDING_REPLIES) {
			this.pendingReplies++;
			this.connection.sendText(reply, (written, started, failure) -> this.pendingReplies--);
		}
		return reply != null || answer == Kind.UNKNOWN;
	}

	private Kind look(ProtocolRules protocol, ParsedMessage frame) {
		AcknowledgementRules answers = protocol.answers();
		AtLeastOnce guarantee = this.parts.atLeastOnce();
		return (answers != null && guarantee != null) ? answers.look(frame, guarantee) : Kind.NO_ANSWER;
	}

}
