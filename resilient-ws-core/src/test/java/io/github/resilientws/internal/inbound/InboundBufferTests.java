package io.github.resilientws.internal.inbound;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.settings.InboundSettings;

import static org.assertj.core.api.Assertions.assertThat;

class InboundBufferTests {

	private final AtomicInteger rooms = new AtomicInteger();

	@Test
	void isFullByCount() {
		InboundBuffer buffer = buffer(3, 1000);
		assertThat(put(buffer, 1)).isTrue();
		assertThat(put(buffer, 1)).isTrue();
		assertThat(put(buffer, 1)).isFalse();
		assertThat(buffer.isFull()).isTrue();
		assertThat(buffer.size()).isEqualTo(3);
	}

	@Test
	void isFullByBytesOfTextsAndBinaries() {
		InboundBuffer buffer = buffer(100, 10);
		assertThat(put(buffer, 4)).isTrue();
		assertThat(buffer.put(InboundMessage.binary(ByteBuffer.allocate(5)))).isTrue();
		assertThat(put(buffer, 1)).isFalse();
		assertThat(buffer.isFull()).isTrue();
	}

	@Test
	void reportsRoomOnceHalfOfItIsFree() {
		InboundBuffer buffer = buffer(128, 100_000);
		for (int i = 1; i <= 128; i++) {
			assertThat(put(buffer, 1)).isEqualTo(i < 128);
		}
		take(buffer, 63);
		assertThat(this.rooms).hasValue(0);
		take(buffer, 1);
		assertThat(this.rooms).hasValue(1);
		assertThat(buffer.isFull()).isFalse();
		take(buffer, 64);
		assertThat(buffer.poll()).isNull();
		assertThat(this.rooms).hasValue(1);
		assertThat(buffer.size()).isZero();
	}

	@Test
	void reportsRoomByBytesToo() {
		InboundBuffer buffer = buffer(1000, 64);
		put(buffer, 60);
		for (int i = 0; i < 40; i++) {
			assertThat(put(buffer, 1)).isEqualTo(i < 3);
		}
		take(buffer, 32);
		assertThat(this.rooms).as("91 of 100 bytes taken").hasValue(1);
	}

	@Test
	void aMessageThatIsBeingHandledStillCounts() {
		InboundBuffer buffer = buffer(1, 1000);
		assertThat(put(buffer, 1)).isFalse();
		InboundMessage message = buffer.poll();
		assertThat(buffer.isFull()).isTrue();
		assertThat(buffer.isEmpty()).isTrue();
		buffer.handled(message);
		assertThat(buffer.poll()).isNull();
		assertThat(buffer.isFull()).isFalse();
		assertThat(this.rooms).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 3 })
	void aFullBufferAlwaysReportsRoom(int readAhead) throws Exception {
		AtomicBoolean reading = new AtomicBoolean(true);
		InboundBuffer buffer = new InboundBuffer(new InboundSettings(8, 1000), () -> reading.set(true));
		int messages = 20_000;
		AtomicInteger taken = new AtomicInteger();
		Thread lane = new Thread(() -> {
			while (taken.get() < messages && !Thread.currentThread().isInterrupted()) {
				InboundMessage message = buffer.poll();
				if (message != null) {
					taken.incrementAndGet();
					buffer.handled(message);
				}
			}
			buffer.poll();
		});
		lane.start();
		InboundMessage message = InboundMessage.text("x");
		for (int i = 1; i <= messages; i++) {
			long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
			while (!reading.get()) {
				if (System.nanoTime() > deadline) {
					lane.interrupt();
					throw new AssertionError("no room reported after " + i);
				}
				Thread.yield();
			}
			// as the executor does it: full first, then a later task reports room
			reading.set(false);
			if (buffer.put(message)) {
				reading.set(true);
			}
			else {
				for (int ahead = 0; ahead < readAhead && i < messages; ahead++, i++) {
					buffer.put(message);
				}
			}
		}
		lane.join(10_000);
		assertThat(taken).hasValue(messages);
		assertThat(buffer.size()).isZero();
	}

	private InboundBuffer buffer(int messages, long bytes) {
		return new InboundBuffer(new InboundSettings(messages, bytes), this.rooms::incrementAndGet);
	}

	private static boolean put(InboundBuffer buffer, int length) {
		return buffer.put(InboundMessage.text("x".repeat(length)));
	}

	private static void take(InboundBuffer buffer, int messages) {
		for (int i = 0; i < messages; i++) {
			InboundMessage message = buffer.poll();
			assertThat(message).isNotNull();
			buffer.handled(message);
		}
	}

}
