package io.github.resilientws.test;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;

/**
 * The scripted answers to the next handshakes.
 */
final class HandshakeAnswers {

	private final Deque<HandshakeAnswer> next = new ArrayDeque<>();

	private HandshakeAnswer always = new AcceptHandshake();

	synchronized void always(HandshakeAnswer answer) {
		this.always = answer;
	}

	synchronized void next(int number, HandshakeAnswer answer) {
		this.next.addAll(Collections.nCopies(number, answer));
	}

	synchronized void clear() {
		this.next.clear();
		this.always = new AcceptHandshake();
	}

	synchronized HandshakeAnswer next() {
		HandshakeAnswer answer = this.next.poll();
		return (answer != null) ? answer : this.always;
	}

}
