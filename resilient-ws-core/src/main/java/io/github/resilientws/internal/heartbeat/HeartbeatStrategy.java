package io.github.resilientws.internal.heartbeat;

import java.nio.ByteBuffer;
import java.time.Duration;

import io.github.resilientws.protocol.ParsedMessage;

/**
 * The behaviour of one heartbeat mode: how a heartbeat is sent and how its answer is
 * recognised. Immutable. Called on the client's executor.
 */
interface HeartbeatStrategy {

	/**
	 * Return the time between heartbeats.
	 * @return the interval; zero if heartbeats are sent on request only
	 */
	Duration interval();

	/**
	 * Send a heartbeat.
	 * @param heartbeat the heartbeat, which receives the result of the write
	 * @param onReply run when a reply arrives that is recognised by its id
	 */
	void send(Heartbeat heartbeat, Runnable onReply);

	/**
	 * Return how long the peer may be silent while no heartbeat is due.
	 * @return the limit; zero for no limit
	 */
	default Duration silenceLimit() {
		return Duration.ZERO;
	}

	/**
	 * Return whether heartbeats wait until the session is ready.
	 * @return {@code false} if they begin after the opening handshake
	 */
	default boolean awaitsReady() {
		return false;
	}

	/**
	 * Return whether any input answers a heartbeat that was written.
	 * @return {@code false} if only a specific answer counts
	 */
	default boolean isAnsweredByAnyInput() {
		return false;
	}

	/**
	 * Return whether a pong answers a heartbeat of this mode.
	 * @param heartbeat the heartbeat
	 * @param payload payload of the pong
	 * @return whether it does
	 */
	default boolean isAnswer(Heartbeat heartbeat, ByteBuffer payload) {
		return false;
	}

	/**
	 * Return whether a text message answers heartbeats of this mode.
	 * @param message the message
	 * @return whether it does
	 */
	default boolean isAnswer(ParsedMessage message) {
		return false;
	}

}
