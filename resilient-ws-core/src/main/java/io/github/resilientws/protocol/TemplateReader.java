package io.github.resilientws.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.InvalidSettingException;

/**
 * Parses one template. Its failure texts show only the wrong placeholder, because the
 * text around it may hold a secret.
 */
final class TemplateReader {

	private static final Pattern PLACEHOLDER = Pattern
		.compile("([A-Za-z0-9_][A-Za-z0-9_.-]*|/[^{}|]*?)(:raw|:members|:base64)?(?:\\|([^{}]*))?}}");

	private static final Pattern SHOWN = Pattern.compile("[A-Za-z0-9_.: -]{0,40}");

	private final String key;

	private final String text;

	private final List<TemplatePart> parts = new ArrayList<>();

	private boolean inString;

	TemplateReader(String key, String text) {
		this.key = key;
		this.text = text;
	}

	/**
	 * Parse the template.
	 * @return its parts, in order
	 * @throws InvalidSettingException if opening braces do not start a placeholder
	 */
	List<TemplatePart> read() {
		Matcher placeholder = PLACEHOLDER.matcher(this.text);
		int start = 0;
		for (int open = braces(0); open >= 0; open = braces(start)) {
			literal(this.text.substring(start, open));
			placeholder.region(open + 2, this.text.length());
			if (!placeholder.lookingAt()) {
				throw invalid(open);
			}
			this.parts.add(placeholder(placeholder.group(1), placeholder.group(2), placeholder.group(3)));
			start = placeholder.end();
		}
		literal(this.text.substring(start));
		return List.copyOf(this.parts);
	}

	// of more than two braces, the first ones belong to the JSON
	private int braces(int from) {
		int open = this.text.indexOf("{{", from);
		while (open >= 0 && this.text.startsWith("{{", open + 1)) {
			open++;
		}
		return open;
	}

	private TemplatePart placeholder(String name, @Nullable String form, @Nullable String fallback) {
		if (name.startsWith("/")) {
			Pointer.parse(this.key, name);
		}
		return new TemplatePart.Placeholder(name, form(form),
				(fallback != null) ? fallback.getBytes(StandardCharsets.UTF_8) : null);
	}

	private TemplatePart.Form form(@Nullable String form) {
		if (form == null) {
			return (this.inString) ? TemplatePart.Form.IN_STRING : TemplatePart.Form.VALUE;
		}
		return switch (form) {
			case ":raw" -> TemplatePart.Form.RAW;
			case ":members" -> TemplatePart.Form.MEMBERS;
			default -> TemplatePart.Form.BASE64;
		};
	}

	private void literal(String literal) {
		if (literal.isEmpty()) {
			return;
		}
		this.parts.add(TemplatePart.Literal.of(literal));
		for (int i = 0; i < literal.length(); i++) {
			char c = literal.charAt(i);
			if (c == '"') {
				this.inString = !this.inString;
			}
			else if (c == '\\' && this.inString) {
				i++;
			}
		}
	}

	private InvalidSettingException invalid(int open) {
		Matcher shown = SHOWN.matcher(this.text).region(open + 2, this.text.length());
		String value = "{{" + ((shown.lookingAt()) ? shown.group() : "");
		String problem = (this.text.indexOf("}}", open) < 0) ? "{{ without }}" : "not a placeholder";
		return new InvalidSettingException(this.key, value, problem + " at character " + (open + 1)
				+ ": allowed are {{name}}, {{name:raw}}, {{name:members}} and {{name:base64}}, each also with |text"
				+ " before }} for a name without a value; a name has letters, digits, _ and, not first, . and -,"
				+ " or is a JSON pointer, which starts with /");
	}

}
