package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.InvalidSettingException;

/**
 * A text with placeholders for values, compiled once. Immutable; any thread may use it.
 * <p>
 * {@code {{name}}} inside a JSON string is escaped, without quotes; elsewhere it is a
 * JSON value: a {@link Number}, {@link Boolean} or {@link JsonValue} as it is, any other
 * value as a string. A placeholder is inside a string if an odd number of unescaped
 * double quotes precedes it in the text of the template. The other forms are the same
 * everywhere:
 * <ul>
 * <li>{@code {{name:raw}}}: the text of the value, verbatim</li>
 * <li>{@code {{name:members}}}: the members of a JSON object, each after a comma; nothing
 * for an empty object and for {@code null}</li>
 * <li>{@code {{name:base64}}}: the UTF-8 bytes of a text, or binary bytes, in Base64 (RFC
 * 4648, section 4) without quotes</li>
 * </ul>
 * {@code {{name|text}}} is the given text, verbatim, if the name has no value; the text
 * has no braces, and may follow any form. Without it, a missing {@code payload} is
 * {@code null}, and another missing name fails.
 * <p>
 * {@code {{/pointer}}}, a JSON pointer (RFC 6901), is the value at that place of the
 * message that the text answers; if there is none, it is {@code null}.
 *
 * @since 0.1
 */
public final class Template {

	static final String PAYLOAD = "payload";

	/** A larger text does not determine the room for the next one. */
	private static final int MOST_LIKELY_SIZE = 16 * 1024;

	private final String key;

	private final List<TemplatePart> parts;

	private final Set<String> names;

	private final Set<String> requiredNames;

	private final Set<String> pointers;

	// of the last text, because many texts have the same size; any size is correct
	private int likelySize;

	private Template(String key, List<TemplatePart> parts) {
		this.key = key;
		this.parts = parts;
		this.names = names((placeholder) -> !placeholder.isPointer());
		this.requiredNames = names(TemplatePart.Placeholder::isRequired);
		this.pointers = names(TemplatePart.Placeholder::isPointer);
	}

	/**
	 * Compile a template.
	 * @param key key of the setting, for failure texts, such as {@code heartbeat.send}
	 * @param text value of the setting
	 * @return the template
	 * @throws InvalidSettingException if opening braces do not start a placeholder, or a
	 * placeholder is a pointer
	 */
	public static Template parse(String key, String text) {
		Template template = parseAnswer(key, text);
		template.pointers().stream().findFirst().ifPresent((pointer) -> {
			throw new InvalidSettingException(key, "{{" + pointer + "}}", "no message is answered here, so there is"
					+ " none to which a pointer could apply; allowed are names");
		});
		return template;
	}

	/**
	 * Compile a template that may also have pointers, because its text answers a message.
	 * @param key key of the setting, for failure texts
	 * @param text value of the setting
	 * @return the template
	 * @throws InvalidSettingException if opening braces do not start a placeholder
	 */
	public static Template parseAnswer(String key, String text) {
		return new Template(key, new TemplateReader(key, text).read());
	}

	/**
	 * Compile a template of a URL. {@code {{name}}} is percent-encoded, all but the
	 * unreserved characters (RFC 3986, section 2.3); {@code {{name:raw}}} is verbatim.
	 * There are no other forms.
	 * @param key key of the setting, for failure texts
	 * @param text value of the setting
	 * @return the template
	 * @throws InvalidSettingException if opening braces do not start a placeholder, or a
	 * placeholder is a pointer or has another form
	 */
	public static Template parseUrl(String key, String text) {
		List<TemplatePart> parts = new ArrayList<>();
		for (TemplatePart part : parse(key, text).parts) {
			parts.add((part instanceof TemplatePart.Placeholder placeholder) ? placeholder.inUrl(key) : part);
		}
		return new Template(key, List.copyOf(parts));
	}

	/**
	 * Return the names of the values that this template uses.
	 * @return the names
	 */
	public Set<String> names() {
		return this.names;
	}

	/**
	 * Return the names of the values without which this template cannot be rendered, and
	 * {@code payload} if it stands without a text for its absence.
	 * @return the names
	 */
	public Set<String> requiredNames() {
		return this.requiredNames;
	}

	/**
	 * Return the pointers into the message that this template answers. The values of a
	 * rendering return what {@link ParsedMessage#findValue} finds for them.
	 * @return the pointers
	 */
	public Set<String> pointers() {
		return this.pointers;
	}

	/**
	 * Return whether every occurrence of a name takes bytes.
	 * @param name the name
	 * @return whether the template writes the value in Base64 only
	 */
	public boolean takesBytes(String name) {
		return placeholders().filter((placeholder) -> placeholder.name().equals(name))
			.allMatch((placeholder) -> placeholder.form() == TemplatePart.Form.BASE64);
	}

	/**
	 * Refuse required placeholders whose names are unknown.
	 * @param known the names that can be supplied
	 * @throws UnknownNameException if this template needs another name
	 */
	public void requireNames(Set<String> known) {
		for (String name : new TreeSet<>(requiredNames())) {
			if (!known.contains(name)) {
				throw new UnknownNameException(this.key, name, known);
			}
		}
	}

	/**
	 * Write the text.
	 * @param values returns the value of a name or pointer, or {@code null} if it has
	 * none; called once per placeholder
	 * @return the text
	 * @throws UnresolvedTemplateException if a name has no value, or one that cannot be
	 * written in its form
	 */
	public String render(Function<String, @Nullable Object> values) {
		return new String(renderUtf8(values), StandardCharsets.UTF_8);
	}

	/**
	 * Write the text in UTF-8, as it is sent.
	 * @param values returns the value of a name or pointer, or {@code null} if it has
	 * none; called once per placeholder
	 * @return the text in UTF-8
	 * @throws UnresolvedTemplateException if a name has no value, or one that cannot be
	 * written in its form
	 */
	public byte[] renderUtf8(Function<String, @Nullable Object> values) {
		Utf8Builder text = new Utf8Builder(this.likelySize);
		for (TemplatePart part : this.parts) {
			if (part instanceof TemplatePart.Literal literal) {
				text.append(literal.utf8());
			}
			else {
				write((TemplatePart.Placeholder) part, values, text);
			}
		}
		byte[] utf8 = text.toUtf8();
		// threads share it: a text of another size only changes it
		if (utf8.length != this.likelySize && utf8.length <= MOST_LIKELY_SIZE) {
			this.likelySize = utf8.length;
		}
		return utf8;
	}

	private void write(TemplatePart.Placeholder placeholder, Function<String, @Nullable Object> values,
			Utf8Builder text) {
		Object value = values.apply(placeholder.name());
		if (value != null) {
			if (!placeholder.write(value, text)) {
				throw UnresolvedTemplateException.unsuitable(this.key, placeholder.name());
			}
			return;
		}
		byte[] absent = placeholder.absent();
		if (absent == null) {
			throw new UnresolvedTemplateException(this.key, placeholder.name());
		}
		text.append(absent);
	}

	private Stream<TemplatePart.Placeholder> placeholders() {
		return this.parts.stream()
			.map((part) -> (part instanceof TemplatePart.Placeholder placeholder) ? placeholder : null)
			.filter(Objects::nonNull);
	}

	private Set<String> names(Predicate<TemplatePart.Placeholder> filter) {
		return placeholders().filter(filter)
			.map(TemplatePart.Placeholder::name)
			.collect(Collectors.toUnmodifiableSet());
	}

}
