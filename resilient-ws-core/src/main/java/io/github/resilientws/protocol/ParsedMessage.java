package io.github.resilientws.protocol;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * A text message to which matchers and locators are applied. It is read as JSON when the
 * first of them needs it, once for all pointers of all rules, and only as far as needed.
 * <p>
 * No text of a peer causes an exception. If the text is not JSON, is malformed, is nested
 * more than 500 levels deep, or has a number of more than 1000 characters before every
 * pointer was found, then no pointer finds a value. Not thread-safe.
 *
 * @since 0.1
 */
public final class ParsedMessage {

	private final MessageRules rules;

	// null after the message was cleared
	private @Nullable String text;

	// created when the first pointer is needed
	private @Nullable JsonScan scan;

	private boolean read;

	private boolean retained;

	ParsedMessage(MessageRules rules, String text) {
		this.rules = rules;
		this.text = text;
	}

	/**
	 * Use this object for another message.
	 * @param rules the rules that read it
	 * @param text its text
	 * @return {@code false} if this object still belongs to its message
	 */
	boolean reuse(MessageRules rules, String text) {
		if (this.retained || this.rules != rules) {
			return false;
		}
		this.text = text;
		this.read = false;
		return true;
	}

	/**
	 * Forget the message.
	 * @return {@code false} if this object still belongs to it
	 */
	boolean clear() {
		if (this.retained) {
			return false;
		}
		this.text = null;
		if (this.read && this.scan != null) {
			this.scan.clear();
			this.read = false;
		}
		return true;
	}

	/**
	 * Keep this message. It is read now, and never changes any more; any thread may use
	 * it. Without this call it belongs to its {@link MessageReader}, and is valid until
	 * the next message is read.
	 * @return this message
	 */
	public ParsedMessage retain() {
		this.retained = true;
		scan();
		return this;
	}

	/**
	 * Return this message as read by other rules.
	 * @param rules the rules
	 * @return this message if its rules include the others; otherwise the message as they
	 * read it
	 */
	public ParsedMessage by(MessageRules rules) {
		return this.rules.includes(rules) ? this : rules.read(text());
	}

	/**
	 * Return whether a matcher recognises this message.
	 * @param matcher a matcher of the rules that read this message
	 * @return whether it does
	 * @throws IllegalArgumentException if the matcher belongs to other rules
	 */
	public boolean matches(MessageMatcher matcher) {
		checkOwner(matcher.owner());
		return matcher.condition().test(this);
	}

	/**
	 * Find a value as text: a string without quotes, any other value as its JSON text.
	 * @param locator a locator of the rules that read this message
	 * @return the text, or {@code null} if no value or a JSON null is found
	 * @throws IllegalArgumentException if the locator belongs to other rules
	 */
	public @Nullable String find(Locator locator) {
		checkOwner(locator.owner());
		LocatedValue value = locator.locate(this);
		return (value != null && value != LocatedValue.NULL) ? value.text() : null;
	}

	/**
	 * Find a value as JSON: a string (and the group of a regular expression) with quotes,
	 * any other value, also a JSON null, as it is in the message.
	 * @param locator a locator of the rules that read this message
	 * @return the JSON, or {@code null} if no value is found
	 * @throws IllegalArgumentException if the locator belongs to other rules
	 */
	public @Nullable String findJson(Locator locator) {
		checkOwner(locator.owner());
		LocatedValue value = locator.locate(this);
		return (value != null) ? value.json() : null;
	}

	/**
	 * Find the content of this message, which is JSON: as {@link #findJson(Locator)}, but
	 * the group of a regular expression is the JSON itself, as in {@code ~^42(.*)$}.
	 * @param locator a locator of the rules that read this message
	 * @return the JSON, or {@code null} if no value is found
	 * @throws IllegalArgumentException if the locator belongs to other rules
	 */
	public @Nullable String findContent(Locator locator) {
		return locator.isPointer() ? findJson(locator) : find(locator);
	}

	/**
	 * Find a value for a template, which writes it as JSON where it stands for a JSON
	 * value, and as text where it stands in a string.
	 * @param locator a locator of the rules that read this message
	 * @return the value, or {@code null} if none is found
	 * @throws IllegalArgumentException if the locator belongs to other rules
	 */
	public @Nullable Object findValue(Locator locator) {
		checkOwner(locator.owner());
		return locator.locate(this);
	}

	/**
	 * Find a value to keep. It is a value for templates, as that of
	 * {@link #findValue(Locator)}, and does not hold the rest of the message.
	 * @param locator a locator of the rules that read this message
	 * @return the value, or {@code null} if no value or a JSON null is found
	 * @throws IllegalArgumentException if the locator belongs to other rules
	 */
	public @Nullable Object capture(Locator locator) {
		checkOwner(locator.owner());
		LocatedValue value = locator.locate(this);
		return (value != null && value != LocatedValue.NULL) ? value.detached() : null;
	}

	/**
	 * Return the text of the message.
	 * @return the text
	 * @throws IllegalStateException if the message is not valid any more
	 */
	public String text() {
		String text = this.text;
		Assert.state(text != null, "The message is no longer valid");
		return text;
	}

	boolean isRead() {
		return this.read;
	}

	boolean isFound(int slot) {
		return scan().isFound(slot);
	}

	boolean isScalar(int slot, String text) {
		return scan().isScalar(slot, text);
	}

	@Nullable LocatedValue located(int slot) {
		return scan().located(slot);
	}

	private JsonScan scan() {
		JsonScan scan = this.scan;
		if (scan == null) {
			scan = this.rules.newScan();
			this.scan = scan;
		}
		if (!this.read) {
			scan.scan(text());
			this.read = true;
		}
		return scan;
	}

	private void checkOwner(PointerCollector owner) {
		Assert.isTrue(this.rules.owns(owner), "The matcher or locator belongs to other rules than this message");
	}

}
