package io.github.resilientws.core;

import io.github.resilientws.core.Answers.Kind;
import io.github.resilientws.protocol.ParsedFrame;
import io.github.resilientws.protocol.Template;

/**
 * Takes the text frames of one connection that are the client's own business: answers to
 * heartbeats and messages, session steps, questions. Confined to the client's executor.
 */
final class OwnFrames {

	// a peer that asks and does not read gets no more answers
	private static final int MAX_PENDING_REPLIES = 64;

	private final Parts parts;

	private final Connection connection;

	private final Liveness liveness;

	private final Session session;

	private int pendingReplies;

	OwnFrames(Parts parts, Connection connection, Liveness liveness, Session session) {
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
	boolean take(String text) {
		Protocol protocol = this.parts.protocol().get();
		if (!protocol.hasRules()) {
			return false;
		}
		ParsedFrame frame = protocol.read(text);
		if (this.liveness.takes(frame)) {
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

	private Kind look(Protocol protocol, ParsedFrame frame) {
		Answers answers = protocol.answers();
		AtLeastOnce guarantee = this.parts.atLeastOnce();
		return (answers != null && guarantee != null) ? answers.look(frame, guarantee) : Kind.NO_ANSWER;
	}

}
