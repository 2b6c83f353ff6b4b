package io.github.resilientws.test;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A peer that sends bytes in one place, and whose modes change in one.
 */
interface ModalPeer extends Peer {

	void change(UnaryOperator<Modes> change);

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
		change((modes) -> modes.withReading(false));
	}

	@Override
	default void startReading() {
		change((modes) -> modes.withReading(true));
	}

	@Override
	default void goSilent() {
		change((modes) -> modes.withSilent(true));
	}

	@Override
	default void speak() {
		change((modes) -> modes.withSilent(false));
	}

	@Override
	default void dropPongs() {
		change((modes) -> modes.withPongs(false, 0));
	}

	@Override
	default void delayPongs(Duration delay) {
		change((modes) -> modes.withPongs(true, delay.toNanos()));
	}

}
