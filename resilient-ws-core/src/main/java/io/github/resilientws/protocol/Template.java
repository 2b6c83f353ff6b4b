package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.InvalidSettingException;

/**
 * A text with placeholders for values, compiled once. Immutable; any thread may use it.
 * <p>
 * {@code {{name}}} inside a JSON string is escaped, without quotes; elsewhere it is a
 * JSON value: a {@link Number}, {@link Boolean} or {@link JsonValue} as it is, any other
 * value as a string. {@code {{name:raw}}} is written verbatim. A placeholder is inside a
 * string if an odd number of unescaped double quotes precedes it in the text of the
 * template.
 *
 * @since 0.1
 */
public final class Template {

	private final String key;

	private final List<TemplatePart> parts;

	private final Set<String> names;

	private Template(String key, List<TemplatePart> parts) {
		this.key = key;
		this.parts = parts;
		Set<String> names = new TreeSet<>();
		for (TemplatePart part : parts) {
			if (part instanceof TemplatePart.Placeholder placeholder) {
				names.add(placeholder.name());
			}
		}
		this.names = Set.copyOf(names);
	}

	/**
	 * Compile a template.
	 * @param key key of the setting, for failure texts, such as {@code heartbeat.send}
	 * @param text value of the setting
	 * @return the template
	 * @throws InvalidSettingException if opening braces do not start a placeholder
	 */
	public static Template parse(String key, String text) {
		return new Template(key, new TemplateReader(key, text).read());
	}

	/**
	 * Return the names of the values that this template needs.
	 * @return the names
	 */
	public Set<String> names() {
		return this.names;
	}

	/**
	 * Refuse placeholders whose names are unknown.
	 * @param known the names that can be supplied
	 * @throws InvalidSettingException if this template needs another name
	 */
	public void requireNames(Set<String> known) {
		for (String name : new TreeSet<>(this.names)) {
			if (!known.contains(name)) {
				throw new InvalidSettingException(this.key, "{{" + name + "}}",
						"unknown name, allowed are " + String.join(", ", new TreeSet<>(known)));
			}
		}
	}

	/**
	 * Write the text.
	 * @param values returns the value of a name, or {@code null} if it has none; called
	 * once per placeholder
	 * @return the text
	 * @throws UnresolvedTemplateException if a name has no value
	 */
	public String render(Function<String, @Nullable Object> values) {
		return new String(renderUtf8(values), StandardCharsets.UTF_8);
	}

	/**
	 * Write the text in UTF-8, as it is sent.
	 * @param values returns the value of a name, or {@code null} if it has none; called
	 * once per placeholder
	 * @return the text in UTF-8
	 * @throws UnresolvedTemplateException if a name has no value
	 */
	public byte[] renderUtf8(Function<String, @Nullable Object> values) {
		byte[][] pieces = new byte[this.parts.size()][];
		int size = 0;
		for (int i = 0; i < pieces.length; i++) {
			TemplatePart part = this.parts.get(i);
			pieces[i] = (part instanceof TemplatePart.Placeholder place) ? place.utf8(value(place.name(), values))
					: ((TemplatePart.Literal) part).utf8();
			size = Math.addExact(size, pieces[i].length);
		}
		byte[] text = new byte[size];
		int position = 0;
		for (byte[] piece : pieces) {
			System.arraycopy(piece, 0, text, position, piece.length);
			position += piece.length;
		}
		return text;
	}

	private Object value(String name, Function<String, @Nullable Object> values) {
		Object value = values.apply(name);
		if (value == null) {
			throw new UnresolvedTemplateException(this.key, name);
		}
		return value;
	}

}
