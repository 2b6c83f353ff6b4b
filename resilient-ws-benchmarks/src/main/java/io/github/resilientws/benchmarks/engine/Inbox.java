package io.github.resilientws.benchmarks.engine;

import java.util.function.Consumer;

/**
 * Receives the messages of one connection, from one thread at a time.
 */
public final class Inbox {

	private volatile Consumer<String> target = (text) -> {
	};

	/**
	 * Pass messages to another target from now on.
	 * @param target receives each text
	 */
	public void passTo(Consumer<String> target) {
		this.target = target;
	}

	/**
	 * Receive a message.
	 * @param text its text
	 */
	public void received(String text) {
		this.target.accept(text);
	}

}
