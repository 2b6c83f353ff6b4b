package io.github.resilientws.protocol;

import java.util.List;

/**
 * What a matcher asks of a frame.
 */
sealed interface Condition {

	/**
	 * Ask a frame.
	 * @param frame the frame
	 * @return whether the condition holds
	 */
	boolean test(ParsedMessage frame);

	/**
	 * Return whether another string in one place may change the answer.
	 * @param slot slot of the place
	 * @return whether it may
	 */
	default boolean dependsOn(int slot) {
		return true;
	}

	/**
	 * The whole frame is a given text.
	 *
	 * @param text the text
	 */
	record WholeText(String text) implements Condition {

		@Override
		public boolean test(ParsedMessage frame) {
			return this.text.equals(frame.text());
		}

	}

	/**
	 * A regular expression finds something in the frame.
	 *
	 * @param regex the regular expression
	 */
	record Finds(Regex regex) implements Condition {

		@Override
		public boolean test(ParsedMessage frame) {
			return this.regex.finds(frame.text());
		}

	}

	/**
	 * A pointer leads to something.
	 *
	 * @param slot slot of the pointer
	 */
	record Exists(int slot) implements Condition {

		@Override
		public boolean test(ParsedMessage frame) {
			return frame.located(this.slot) != null;
		}

		@Override
		public boolean dependsOn(int slot) {
			return false;
		}

	}

	/**
	 * A pointer leads to a scalar with a given text.
	 *
	 * @param slot slot of the pointer
	 * @param text the text
	 */
	record ScalarEquals(int slot, String text) implements Condition {

		@Override
		public boolean test(ParsedMessage frame) {
			Located located = frame.located(this.slot);
			return located != null && located.isScalar(this.text);
		}

		@Override
		public boolean dependsOn(int slot) {
			return this.slot == slot;
		}

	}

	/**
	 * All of several conditions hold.
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
	 * At least one of several conditions holds.
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
