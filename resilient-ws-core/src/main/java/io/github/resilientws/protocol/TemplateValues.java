package io.github.resilientws.protocol;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Values for templates: the given ones, then the built-in {@code uuid} (a new one per
 * call) and {@code now} (epoch milliseconds). Immutable; any thread may use it if the
 * same holds for its sources. Values are secrets and are never shown.
 *
 * @since 0.1
 */
public final class TemplateValues {

	/** Names that always have a value. */
	public static final Set<String> BUILT_IN = Set.of("now", "uuid");

	private final List<Map<String, String>> sources;

	private final Supplier<String> uuids;

	private final InstantSource clock;

	/**
	 * Create values.
	 * @param sources given values by name; the first map that has a name wins
	 * @param uuids source of {@code uuid}
	 * @param clock source of {@code now}
	 */
	public TemplateValues(List<Map<String, String>> sources, Supplier<String> uuids, InstantSource clock) {
		this.sources = sources.stream().map(Map::copyOf).toList();
		this.uuids = uuids;
		this.clock = clock;
	}

	/**
	 * Return the value of a name.
	 * @param name the name
	 * @return the value, or {@code null} if the name has none
	 */
	public @Nullable Object lookup(String name) {
		for (Map<String, String> source : this.sources) {
			String value = source.get(name);
			if (value != null) {
				return value;
			}
		}
		return switch (name) {
			case "uuid" -> this.uuids.get();
			case "now" -> this.clock.millis();
			default -> null;
		};
	}

}
