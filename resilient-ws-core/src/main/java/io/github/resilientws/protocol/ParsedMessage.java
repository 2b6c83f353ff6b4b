package io.github.resilientws.protocol;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * A text frame that answers matchers and locators. It is read as JSON at the first
 * question that needs it, once for all pointers of all rules, only as far as they need.
 * <p>
 * Nothing here throws because of what a peer sent: text that is not JSON, malformed or
 * nested more than 500 deep, or a number of more than 1000 characters, met before every
 * pointer was found, has nothing at any pointer. Not thread-safe.
 */
public final class ParsedMessage {

	private final MessageRules rules;

	private final String text;

	private @Nullable Located @Nullable [] located;

	ParsedMessage(MessageRules rules, String text) {
		this.rules = rules;
		this.text = text;
	}

	/**
	 * Return whether a matcher recognises this frame.
	 * @param matcher a matcher of the rules that read this frame
	 * @return whether it does
	 * @throws IllegalArgumentException if the matcher belongs to other rules
	 */
	public boolean matches(MessageMatcher matcher) {
		checkOwner(matcher.owner());
		return matcher.condition().test(this);
	}

	/**
	 * Find a value as text: a string without quotes, anything else as its JSON text.
	 * @param locator a locator of the rules that read this frame
	 * @return the text, or {@code null} if there is nothing or a JSON null
	 * @throws IllegalArgumentException if the locator belongs to other rules
	 */
	public @Nullable String find(Locator locator) {
		checkOwner(locator.owner());
		Located value = locator.locate(this);
		return (value != null && value != Located.NULL) ? value.text() : null;
	}

	/**
	 * Find a value as JSON: a string (and the group of a regular expression) with quotes,
	 * anything else as it is in the frame, a JSON null too.
	 * @param locator a locator of the rules that read this frame
	 * @return the JSON, or {@code null} if there is nothing
	 * @throws IllegalArgumentException if the locator belongs to other rules
	 */
	public @Nullable String findJson(Locator locator) {
		checkOwner(locator.owner());
		Located value = locator.locate(this);
		return (value != null) ? value.json() : null;
	}

	String text() {
		return this.text;
	}

	boolean isRead() {
		return this.located != null;
	}

	@Nullable Located located(int slot) {
		@Nullable Located[] all = this.located;
		if (all == null) {
			all = this.rules.scan(this.text);
			this.located = all;
		}
		return all[slot];
	}

	private void checkOwner(Pointers owner) {
		Assert.isTrue(this.rules.owns(owner), "The rule belongs to other rules than this frame");
	}

}
