package io.github.resilientws.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Actions by close code or HTTP status. A key is a code ({@code 1008}), a range
 * ({@code 4000-4099}) or a class ({@code 5xx}); the narrowest key that covers a code
 * applies.
 *
 * @since 0.1
 */
public final class CodeActions {

	private static final String SWITCHING_PROTOCOLS = "101";

	private final List<Entry> narrowestFirst;

	private CodeActions(String prefix, String examples, int least, int most, Map<String, ReconnectAction> actions) {
		List<Entry> entries = new ArrayList<>();
		new TreeMap<>(actions)
			.forEach((key, action) -> entries.add(new Entry(parse(prefix, examples, key, least, most), action)));
		entries.sort(Comparator.comparing((entry) -> entry.range().width()));
		checkOverlaps(prefix, entries);
		this.narrowestFirst = List.copyOf(entries);
	}

	/**
	 * Return actions by close code, 1000 to 4999.
	 * @param actions actions by key
	 * @return the actions by code
	 * @throws InvalidSettingException if a key is malformed, or two keys of the same
	 * width cover the same code
	 */
	public static CodeActions forClose(Map<String, ReconnectAction> actions) {
		return new CodeActions("reconnect.on-close.", "a range such as 4000-4099, or a class such as 4xxx", 1000, 4999,
				actions);
	}

	/**
	 * Return actions by HTTP status, 100 to 599.
	 * @param actions actions by key
	 * @return the actions by status
	 * @throws InvalidSettingException if a key is malformed, or two keys of the same
	 * width cover the same status
	 */
	public static CodeActions forStatus(Map<String, ReconnectAction> actions) {
		if (actions.containsKey(SWITCHING_PROTOCOLS)) {
			throw new InvalidSettingException("reconnect.on-status." + SWITCHING_PROTOCOLS, "",
					"this status means success; allowed is every other one, 100 to 599");
		}
		return new CodeActions("reconnect.on-status.", "a range such as 500-504, or a class such as 5xx", 100, 599,
				actions);
	}

	/**
	 * Return the action for a code.
	 * @param code close code or status
	 * @return the action, or {@code null} if no key covers the code
	 */
	public @Nullable ReconnectAction find(int code) {
		for (Entry entry : this.narrowestFirst) {
			if (entry.range().contains(code)) {
				return entry.action();
			}
		}
		return null;
	}

	private static CodeRange parse(String prefix, String examples, String key, int least, int most) {
		CodeRange range = CodeRange.parse(key);
		if (range == null) {
			throw new InvalidSettingException(prefix + Text.printable(key), "",
					"is not a code; allowed are a code, " + examples);
		}
		if (range.first() > range.last()) {
			throw new InvalidSettingException(prefix + key, "", "the range ends before it starts");
		}
		if (range.first() < least || range.last() > most) {
			throw new InvalidSettingException(prefix + key, "", "is out of range; allowed is " + least + " to " + most);
		}
		return range;
	}

	private static void checkOverlaps(String prefix, List<Entry> entries) {
		for (int i = 0; i < entries.size(); i++) {
			for (int j = i + 1; j < entries.size(); j++) {
				CodeRange one = entries.get(i).range();
				CodeRange other = entries.get(j).range();
				if (one.width() == other.width() && one.overlaps(other)) {
					throw new InvalidSettingException(prefix + other.key(), "",
							"covers " + Math.max(one.first(), other.first()) + " as " + one.key()
									+ " does, and is as wide; make one of them narrower");
				}
			}
		}
	}

	private record Entry(CodeRange range, ReconnectAction action) {

	}

}
