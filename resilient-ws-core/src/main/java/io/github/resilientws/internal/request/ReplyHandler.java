package io.github.resilientws.internal.request;

/**
 * Receives the reply to one text that was sent with an id. Called on the client's
 * executor.
 */
@FunctionalInterface
public interface ReplyHandler {

	/** Ignores the reply, which no listener sees. */
	ReplyHandler NONE = (reply) -> {
	};

	/**
	 * The reply arrived.
	 * @param reply the reply
	 */
	void onReply(Reply reply);

	/**
	 * Return whether listeners do not see the reply.
	 * @return {@code false} if they see it, too
	 */
	default boolean hidesReply() {
		return true;
	}

	/**
	 * Return whether the reply is awaited no longer than {@code request.timeout}.
	 * @return {@code false} if another time-out applies
	 */
	default boolean hasTimeout() {
		return true;
	}

	/** The connection has ended without a reply. */
	default void onConnectionLost() {
	}

}
