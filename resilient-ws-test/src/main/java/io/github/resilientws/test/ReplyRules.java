package io.github.resilientws.test;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import io.github.resilientws.test.ReceivedMessage.Kind;

/**
 * The rules for answers to messages. The first rule that fits applies.
 */
final class ReplyRules {

	private final List<Rule> rules = new CopyOnWriteArrayList<>();

	private volatile boolean echo;

	void add(Predicate<String> when, BiConsumer<Peer, String> then) {
		this.rules.add(new Rule(when, then));
	}

	void echo() {
		this.echo = true;
	}

	void clear() {
		this.rules.clear();
		this.echo = false;
	}

	/**
	 * Replace the rules at once: no message meets a part of them.
	 * @param script adds the other rules
	 */
	void rewrite(Runnable script) {
		List<Rule> old = List.copyOf(this.rules);
		this.echo = false;
		script.run();
		this.rules.removeAll(old);
	}

	void answer(Peer peer, ReceivedMessage message) {
		if (message.kind() == Kind.TEXT) {
			for (Rule rule : this.rules) {
				if (rule.when.test(message.text())) {
					rule.then.accept(peer, message.text());
					return;
				}
			}
			if (this.echo) {
				peer.push(message.text());
			}
		}
		else if (this.echo) {
			peer.push(ByteBuffer.wrap(message.bytes()));
		}
	}

	// not a record: two equal rules are still two rules
	private static final class Rule {

		private final Predicate<String> when;

		private final BiConsumer<Peer, String> then;

		Rule(Predicate<String> when, BiConsumer<Peer, String> then) {
			this.when = when;
			this.then = then;
		}

	}

}
