package io.github.resilientws.test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Implements the methods of a peer by two: one that sends bytes, and one that changes the
 * behaviour.
 */
interface BehaviorPeer extends Peer {

	void change(UnaryOperator<ConnectionBehavior> change);

	@Override
	default void push(String text) {
		sendRaw(Frames.text(text));
	}

	@Override
	default void push(ByteBuffer bytes) {
		byte[] payload = new byte[bytes.remaining()];
		bytes.duplicate().get(payload);
		sendRaw(Frames.binary(payload));
	}

	@Override
	default void push(List<String> texts) {
		sendRaw(Frames.concat(texts.stream().map(Frames::text).toArray(byte[][]::new)));
	}

	@Override
	default void ping(String payload) {
		sendRaw(Frames.ping(Frames.utf8(payload)));
	}

	@Override
	default void stopReading() {
		change((behavior) -> behavior.withReading(false));
	}

	@Override
	default void startReading() {
		change((behavior) -> behavior.withReading(true));
	}

	@Override
	default void goSilent() {
		change((behavior) -> behavior.withSilent(true));
	}

	@Override
	default void speak() {
		change((behavior) -> behavior.withSilent(false));
	}

	@Override
	default void dropPongs() {
		change((behavior) -> behavior.withPongs(false, 0));
	}

	@Override
	default void delayPongs(Duration delay) {
		change((behavior) -> behavior.withPongs(true, delay.toNanos()));
	}

}
