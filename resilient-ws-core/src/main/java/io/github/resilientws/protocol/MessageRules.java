package io.github.resilientws.protocol;

import org.springframework.util.Assert;

import io.github.resilientws.settings.InvalidSettingException;

/**
 * All matchers and locators for the same messages, compiled once. Immutable; any thread
 * may use it.
 *
 * <pre>{@code
 * MessageRules.Builder builder = MessageRules.builder();
 * MessageMatcher matcher = builder.matcher("when", "/type = pong");
 * MessageRules rules = builder.build();
 * boolean pong = rules.read("{\"type\":\"pong\"}").matches(matcher);
 * }</pre>
 *
 * @since 0.1
 */
public final class MessageRules {

	private final PointerCollector pointers;

	private final PointerNode root;

	private final int slots;

	private final int version;

	MessageRules(PointerCollector pointers, int version) {
		this.pointers = pointers;
		this.version = version;
		this.root = pointers.tree();
		this.slots = pointers.slots();
	}

	/**
	 * Start collecting rules.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder(new PointerCollector());
	}

	/**
	 * Prepare a text message for matchers and locators. It is read when the first of them
	 * needs it.
	 * @param text text of the message
	 * @return the message, to be used by one thread
	 */
	public ParsedMessage read(String text) {
		ParsedMessage message = new ParsedMessage(this);
		message.set(text);
		return message;
	}

	boolean owns(PointerCollector pointers) {
		return this.pointers == pointers;
	}

	/**
	 * Return whether messages that these rules read suit other rules.
	 * @param other the other rules
	 * @return whether these are the other rules, or were made from them by adding more
	 */
	boolean includes(MessageRules other) {
		return owns(other.pointers) && this.version >= other.version;
	}

	JsonScan newScan() {
		return new JsonScan(this.root, this.slots);
	}

	/**
	 * Collects rules. The matchers and locators that it returns work only with messages
	 * that are read by the rules it builds. Not thread-safe.
	 */
	public static final class Builder {

		private final PointerCollector pointers;

		private boolean built;

		Builder(PointerCollector pointers) {
			this.pointers = pointers;
		}

		/**
		 * Add a matcher.
		 * @param key key of the setting, for failure texts, such as
		 * {@code heartbeat.await}
		 * @param expression value of the setting
		 * @return the matcher
		 * @throws InvalidSettingException if it is blank or wrong
		 * @throws IllegalStateException after {@link #build()}
		 */
		public MessageMatcher matcher(String key, String expression) {
			checkOpen();
			return new MessageMatcher(expression, this.pointers, ConditionReader.read(key, expression, this.pointers));
		}

		/**
		 * Add a locator.
		 * @param key key of the setting, for failure texts, such as {@code payload}
		 * @param expression value of the setting
		 * @return the locator
		 * @throws InvalidSettingException if it is blank or wrong
		 * @throws IllegalStateException after {@link #build()}
		 */
		public Locator locator(String key, String expression) {
			checkOpen();
			return Locator.read(key, expression, this.pointers);
		}

		/**
		 * Compile the collected rules. A builder builds once.
		 * @return the rules
		 * @throws IllegalStateException if called again
		 */
		public MessageRules build() {
			checkOpen();
			this.built = true;
			return new MessageRules(this.pointers, 0);
		}

		private void checkOpen() {
			Assert.state(!this.built, "The rules are built already");
		}

	}

}
