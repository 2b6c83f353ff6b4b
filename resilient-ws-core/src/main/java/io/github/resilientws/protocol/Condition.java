package io.github.resilientws.protocol;

import java.util.List;

/**
 * A condition that a matcher checks on a message.
 */
sealed interface Condition {

	/**
	 * Check a message.
	 * @param message the message
	 * @return whether the condition holds
	 */
	boolean test(ParsedMessage message);

	/**
	 * Return whether another string at one place of the message may change the result.
	 * @param slot slot of the place
	 * @return whether it may
	 */
	default boolean dependsOn(int slot) {
		return true;
	}

	/**
	 * The whole message equals a given text.
	 *
	 * @param utf8 the text
	 */
	record WholeText(byte[] utf8) implements Condition {

		@Override
		public boolean test(ParsedMessage frame) {
			return frame.isText(this.utf8);
		}

	}

	/**
	 * A regular expression finds a match in the message.
	 *
	 * @param regex the regular expression
	 */
	record Finds(BoundedRegex regex) implements Condition {

		@Override
		public boolean test(ParsedMessage frame) {
			return this.regex.finds(frame.text());
		}

	}

	/**
	 * A pointer finds a value.
	 *
	 * @param slot slot of the pointer
	 */
	record Exists(int slot) implements Condition {

		@Override
		public boolean test(ParsedMessage frame) {
			return frame.isFound(this.slot);
		}

		@Override
		public boolean dependsOn(int slot) {
			return false;
		}

	}

	/**
	 * A pointer finds a scalar with a given text.
	 *
	 * @param slot slot of the pointer
	 * @param text the text
	 */
	record ScalarEquals(int slot, EncodedText text) implements Condition {

		@Override
		public boolean test(ParsedMessage frame) {
			return frame.isScalar(this.slot, this.text);
		}

		@Override
		public boolean dependsOn(int slot) {
			return this.slot == slot;
		}

	}

	/**
	 * All of the conditions hold.
	 *
	 * @param terms the conditions
	 */
	record AllOf(List<Condition> terms) implements Condition {

		@Override
		public boolean test(ParsedMessage frame) {
			for (Condition term : this.terms) {
				if (!term.test(frame)) {
					return false;
				}
			}
			return true;
		}

		@Override
		public boolean dependsOn(int slot) {
			return this.terms.stream().anyMatch((term) -> term.dependsOn(slot));
		}

	}

	/**
	 * At least one of the conditions holds.
	 *
	 * @param terms the conditions
	 */
	record AnyOf(List<Condition> terms) implements Condition {

		@Override
		public boolean test(ParsedMessage frame) {
			for (Condition term : this.terms) {
				if (term.test(frame)) {
					return true;
				}
			}
			return false;
		}

		@Override
		public boolean dependsOn(int slot) {
			return this.terms.stream().anyMatch((term) -> term.dependsOn(slot));
		}

	}

}
