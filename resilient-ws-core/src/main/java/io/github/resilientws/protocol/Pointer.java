package io.github.resilientws.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.github.resilientws.settings.InvalidSettingException;

/**
 * Splits JSON pointers (RFC 6901) into their segments.
 */
final class Pointer {

	// nine digits fit an int, and no message has more elements
	private static final Pattern INDEX = Pattern.compile("0|[1-9][0-9]{0,8}");

	private Pointer() {
	}

	/**
	 * Split a pointer that starts with a slash.
	 * @param key key of the setting
	 * @param pointer the pointer
	 * @return its unescaped segments, at least one
	 * @throws InvalidSettingException if a tilde does not start an escape
	 */
	static List<String> parse(String key, String pointer) {
		List<String> segments = new ArrayList<>();
		for (String segment : pointer.substring(1).split("/", -1)) {
			segments.add(unescape(key, pointer, segment));
		}
		return List.copyOf(segments);
	}

	/**
	 * Return the array index that a segment means.
	 * @param segment the segment
	 * @return the index, or -1 if the segment can only be a name
	 */
	static int arrayIndex(String segment) {
		return INDEX.matcher(segment).matches() ? Integer.parseInt(segment) : -1;
	}

	private static String unescape(String key, String pointer, String segment) {
		StringBuilder name = new StringBuilder(segment.length());
		for (int i = 0; i < segment.length(); i++) {
			char c = segment.charAt(i);
			if (c != '~') {
				name.append(c);
				continue;
			}
			i++;
			char escape = (i < segment.length()) ? segment.charAt(i) : ' ';
			if (escape != '0' && escape != '1') {
				throw new InvalidSettingException(key, pointer,
						"in a JSON pointer ~ must be followed by 0 (for ~) or 1 (for /)");
			}
			name.append((escape == '0') ? '~' : '/');
		}
		return name.toString();
	}

}
