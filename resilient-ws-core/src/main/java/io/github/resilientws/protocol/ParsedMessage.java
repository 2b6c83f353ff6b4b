package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

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

	// null until it is needed, and after the message was cleared
	private @Nullable String text;

	// the same, where it stands
	private byte @Nullable [] utf8;

	private int start;

	private int end;

	// the bytes belong to the transport
	private boolean borrowed;

	// created when the first pointer is needed
	private @Nullable JsonScan scan;

	private boolean read;

	private boolean retained;

	ParsedMessage(MessageRules rules) {
		this.rules = rules;
	}

	/**
	 * Return whether this object may be used for another message.
	 * @param rules the rules that read it
	 * @return {@code false} if this object still belongs to its message
	 */
	boolean isReusable(MessageRules rules) {
		return !this.retained && this.rules == rules;
	}

	void set(String text) {
		this.text = text;
		this.utf8 = null;
		this.read = false;
	}

	void set(byte[] utf8, int offset, int length, @Nullable String text) {
		this.text = text;
		setBytes(utf8, offset, length, true);
		this.read = false;
	}

	private void setBytes(byte[] utf8, int offset, int length, boolean borrowed) {
		this.utf8 = utf8;
		this.start = offset;
		this.end = offset + length;
		this.borrowed = borrowed;
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
		this.utf8 = null;
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
		JsonScan scan = scan();
		if (this.borrowed) {
			byte[] copy = Arrays.copyOfRange(utf8(), this.start, this.end);
			scan.moveTo(copy, this.start);
			setBytes(copy, 0, copy.length, false);
		}
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
	 * value, and as text where it stands in a string. It does not hold the rest of the
	 * message.
	 * @param locator a locator of the rules that read this message
	 * @return the value, or {@code null} if none is found
	 * @throws IllegalArgumentException if the locator belongs to other rules
	 */
	public @Nullable Object findValue(Locator locator) {
		checkOwner(locator.owner());
		LocatedValue value = locator.locate(this);
		return (value != null) ? value.detached() : null;
	}

	/**
	 * Find a value to keep: as {@link #findValue(Locator)}, but a JSON null is no value.
	 * @param locator a locator of the rules that read this message
	 * @return the value, or {@code null} if no value or a JSON null is found
	 * @throws IllegalArgumentException if the locator belongs to other rules
	 */
	public @Nullable Object capture(Locator locator) {
		Object value = findValue(locator);
		return (value != LocatedValue.NULL) ? value : null;
	}

	/**
	 * Return the text of the message.
	 * @return the text
	 * @throws IllegalStateException if the message is not valid any more
	 */
	public String text() {
		String text = this.text;
		if (text == null) {
			text = new String(utf8(), this.start, this.end - this.start, StandardCharsets.UTF_8);
			this.text = text;
		}
		return text;
	}

	byte[] utf8() {
		byte[] utf8 = this.utf8;
		if (utf8 == null) {
			String text = this.text;
			Assert.state(text != null, "The message is no longer valid");
			utf8 = text.getBytes(StandardCharsets.UTF_8);
			setBytes(utf8, 0, utf8.length, false);
		}
		return utf8;
	}

	// valid after utf8()
	int start() {
		return this.start;
	}

	int end() {
		return this.end;
	}

	boolean isText(byte[] text) {
		byte[] utf8 = utf8();
		return Arrays.equals(utf8, this.start, this.end, text, 0, text.length);
	}

	boolean isRead() {
		return this.read;
	}

	boolean isFound(int slot) {
		return scan().isFound(slot);
	}

	boolean isScalar(int slot, EncodedText text) {
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
			scan.scan(utf8(), this.start, this.end);
			this.read = true;
		}
		return scan;
	}

	private void checkOwner(PointerCollector owner) {
		Assert.isTrue(this.rules.owns(owner), "The matcher or locator belongs to other rules than this message");
	}

}
