package io.github.resilientws.protocol;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ComputedValue;

/**
 * Values for templates: those of the given sources, then the built-in {@code uuid} and
 * {@code now} (epoch milliseconds). Immutable; any thread may use it if the same holds
 * for its sources. Values are secrets and are never shown.
 *
 * @since 0.1
 */
public final class TemplateValues {

	/** Names that always have a value. */
	public static final Set<String> BUILT_IN = Set.of("now", "uuid");

	private final List<Function<String, @Nullable Object>> sources;

	private final Supplier<String> uuids;

	private final InstantSource clock;

	/**
	 * Create values.
	 * @param sources each returns the value of a name, which may be a
	 * {@link ComputedValue}, or {@code null}; the first one that has a value wins
	 * @param uuids source of {@code uuid}
	 * @param clock source of {@code now}
	 */
	public TemplateValues(List<Function<String, @Nullable Object>> sources, Supplier<String> uuids,
			InstantSource clock) {
		this.sources = List.copyOf(sources);
		this.uuids = uuids;
		this.clock = clock;
	}

	/**
	 * Return the text of a value, as it stands inside a JSON string before it is escaped.
	 * @param value a value of a template
	 * @return the text
	 */
	public static String textOf(Object value) {
		// the class first: a test for an interface is slow if it fails
		return (!(value instanceof String) && value instanceof LocatedValue located) ? located.text()
				: value.toString();
	}

	/**
	 * Return whether a name has a value. Computes nothing.
	 * @param name the name
	 * @return whether it has one
	 */
	public boolean has(String name) {
		return BUILT_IN.contains(name) || given(name) != null;
	}

	/**
	 * Return the values for one text: each name has one value, however often it is asked
	 * for.
	 * @param own values of this text, which precede the others; asked again each time
	 * @return returns the value of a name, or {@code null}; confined to one thread
	 */
	public Function<String, @Nullable Object> forText(Function<String, @Nullable Object> own) {
		return new TextValues(own);
	}

	private @Nullable Object given(String name) {
		for (Function<String, @Nullable Object> source : this.sources) {
			Object value = source.apply(name);
			if (value != null) {
				return value;
			}
		}
		return null;
	}

	private final class TextValues implements Function<String, @Nullable Object> {

		// a name whose value is being computed has none
		private static final Object PENDING = new Object();

		private final Function<String, @Nullable Object> own;

		private @Nullable Map<String, Object> known;

		TextValues(Function<String, @Nullable Object> own) {
			this.own = own;
		}

		@Override
		public @Nullable Object apply(String name) {
			Object value = this.own.apply(name);
			return (value != null) ? value : shared(name);
		}

		private @Nullable Object shared(String name) {
			Map<String, Object> known = (this.known != null) ? this.known : new HashMap<>();
			this.known = known;
			Object value = known.get(name);
			if (value == null) {
				value = create(name, known);
			}
			return (value != PENDING) ? value : null;
		}

		private @Nullable Object create(String name, Map<String, Object> known) {
			Object value = given(name);
			if (value == null) {
				value = switch (name) {
					case "uuid" -> TemplateValues.this.uuids.get();
					case "now" -> TemplateValues.this.clock.millis();
					default -> null;
				};
			}
			else if (value instanceof ComputedValue computed) {
				known.put(name, PENDING);
				value = compute(name, computed);
			}
			if (value != null) {
				known.put(name, value);
			}
			return value;
		}

		private Object compute(String name, ComputedValue computed) {
			String value;
			try {
				value = computed.compute(this::text);
			}
			catch (Throwable ex) {
				// user code, whose errors concern no other text
				throw new ValueComputationException(name, ex);
			}
			if (value == null) {
				throw new ValueComputationException(name, null);
			}
			return value;
		}

		private @Nullable String text(String name) {
			Object value = apply(name);
			return (value != null) ? textOf(value) : null;
		}

	}

}
