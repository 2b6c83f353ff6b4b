package io.github.resilientws.protocol;

import java.util.function.Function;

/**
 * The rules of one client and of its listeners, to which more may be added. Each message
 * is read once for all of them. Thread-safe.
 *
 * @since 0.1
 */
public final class MessageRulesRegistry {

	private final PointerCollector pointers = new PointerCollector();

	private volatile MessageRules current = new MessageRules(this.pointers, 0);

	private volatile boolean usedByListeners;

	/**
	 * Add rules.
	 * @param <T> type of the compiled rules
	 * @param compiler compiles the rules with a builder, which it must not build; its
	 * exceptions are passed on
	 * @return the result of the compiler
	 */
	public synchronized <T> T register(Function<MessageRules.Builder, T> compiler) {
		T compiled = compiler.apply(new MessageRules.Builder(this.pointers));
		this.current = new MessageRules(this.pointers, this.current.version() + 1);
		return compiled;
	}

	/** Listeners need messages that were read from now on. */
	public void setUsedByListeners() {
		this.usedByListeners = true;
	}

	/**
	 * Return whether listeners need messages that were read.
	 * @return whether a listener has rules
	 */
	public boolean areUsedByListeners() {
		return this.usedByListeners;
	}

	/**
	 * Return all rules that were added until now.
	 * @return the rules
	 */
	public MessageRules current() {
		return this.current;
	}

}
