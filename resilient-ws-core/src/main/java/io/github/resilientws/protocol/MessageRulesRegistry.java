package io.github.resilientws.protocol;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The rules of one client and of its listeners, to which more may be added. Each message
 * is read once for all of them. Thread-safe.
 *
 * @since 0.1
 */
public final class MessageRulesRegistry {

	private final PointerCollector pointers = new PointerCollector();

	// guarded by this
	private int version;

	// built when the first message is read: most clients need none
	private volatile @Nullable MessageRules current;

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
		this.version++;
		this.current = null;
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
		MessageRules rules = this.current;
		return (rules != null) ? rules : build();
	}

	private synchronized MessageRules build() {
		MessageRules rules = this.current;
		if (rules == null) {
			rules = new MessageRules(this.pointers, this.version);
			this.current = rules;
		}
		return rules;
	}

}
