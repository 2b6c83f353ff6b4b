package io.github.resilientws.internal.heartbeat;

import java.nio.ByteBuffer;
import java.time.Duration;

import io.github.resilientws.protocol.ParsedMessage;

/**
 * What a heartbeat is in one mode: how a beat is sent and how its answer is recognised.
 * Immutable. Called on the client's executor.
 */
interface HeartbeatStrategy {

	/**
	 * Return the time between beats.
	 * @return the interval; zero if beats are sent on request only
	 */
	Duration interval();

	/**
	 * Send a beat.
	 * @param beat the beat, which receives the result of the write
	 */
	void send(Heartbeat beat);

	/**
	 * Return how long the peer may be silent though no beat is due.
	 * @return the limit; zero for any time
	 */
	default Duration silenceLimit() {
		return Duration.ZERO;
	}

	/**
	 * Return whether beats wait until the session is ready.
	 * @return {@code false} if they begin after the opening handshake
	 */
	default boolean awaitsReady() {
		return false;
	}

	/**
	 * Return whether any input is the answer to a beat that was written.
	 * @return {@code false} if a beat has an answer of its own
	 */
	default boolean isAnsweredByAnyInput() {
		return false;
	}

	/**
	 * Return whether a pong answers a beat of this mode.
	 * @param beat the beat
	 * @param payload payload of the pong
	 * @return whether it does
	 */
	default boolean isAnswer(Heartbeat beat, ByteBuffer payload) {
		return false;
	}

	/**
	 * Return whether a text message answers beats of this mode.
	 * @param message the message
	 * @return whether it does
	 */
	default boolean isAnswer(ParsedMessage message) {
		return false;
	}

}
