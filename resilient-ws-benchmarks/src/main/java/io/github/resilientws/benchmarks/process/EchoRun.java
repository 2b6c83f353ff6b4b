package io.github.resilientws.benchmarks.process;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

import io.github.resilientws.benchmarks.engine.Engine.Connection;

/**
 * Sends a text each time that the previous one has come back.
 */
final class EchoRun implements Consumer<String> {

	private final Connection connection;

	private final String text;

	private final long[] nanos;

	private final CountDownLatch ended = new CountDownLatch(1);

	private int returned;

	private volatile long sentAt;

	EchoRun(Connection connection, String text, int messages) {
		this.connection = connection;
		this.text = text;
		this.nanos = new long[messages];
	}

	void start() {
		this.sentAt = System.nanoTime();
		this.connection.send(this.text);
	}

	@Override
	public void accept(String text) {
		long now = System.nanoTime();
		this.nanos[this.returned++] = now - this.sentAt;
		if (this.returned < this.nanos.length) {
			this.sentAt = now;
			this.connection.send(this.text);
		}
		else {
			this.ended.countDown();
		}
	}

	CountDownLatch ended() {
		return this.ended;
	}

	double medianNanos() {
		Arrays.sort(this.nanos);
		return this.nanos[this.nanos.length / 2];
	}

}
