package io.github.resilientws.protocol;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.settings.InvalidSettingException;

/**
 * All matchers and locators that are asked of the same frames, compiled once. Immutable
 * and usable by any thread.
 */
public final class MessageRules {

	private final Pointers pointers;

	private final PointerNode root;

	private final int slots;

	private MessageRules(Pointers pointers) {
		this.pointers = pointers;
		this.root = pointers.tree();
		this.slots = pointers.slots();
	}

	/**
	 * Start collecting rules.
	 * @return a new builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Take a text frame, without reading it yet.
	 * @param text text of the frame
	 * @return the frame, ready for the questions of one thread
	 */
	public ParsedMessage read(String text) {
		return new ParsedMessage(this, text);
	}

	boolean owns(Pointers pointers) {
		return this.pointers == pointers;
	}

	@Nullable Located[] scan(String text) {
		return JsonScan.scan(text, this.root, this.slots);
	}

	/**
	 * Collects rules. The matchers and locators it returns answer for frames read by the
	 * rules it builds, and only for those. Not thread-safe.
	 */
	public static final class Builder {

		private final Pointers pointers = new Pointers();

		private boolean built;

		private Builder() {
		}

		/**
		 * Add a matcher.
		 * @param key key of the setting, such as {@code heartbeat.await}
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
		 * @param key key of the setting, such as {@code payload}
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
		 * Compile what was added. A builder builds once.
		 * @return the rules
		 * @throws IllegalStateException if called again
		 */
		public MessageRules build() {
			checkOpen();
			this.built = true;
			return new MessageRules(this.pointers);
		}

		private void checkOpen() {
			Assert.state(!this.built, "The rules are built already");
		}

	}

}
