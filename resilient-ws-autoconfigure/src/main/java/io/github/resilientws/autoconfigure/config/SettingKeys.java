package io.github.resilientws.autoconfigure.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * The keys of a group of settings: the entry of a key defines how it is read from the
 * properties and how the endpoint shows it. Keys are read in the order of their entries,
 * each over the result of those before it.
 *
 * @param <P> type of the properties
 * @param <S> type of the settings
 */
final class SettingKeys<P, S> {

	private final Map<String, Entry<P, S>> entries = new LinkedHashMap<>();

	// a value of the same type in properties and settings
	<V> SettingKeys<P, S> key(String name, Function<P, @Nullable V> property, Function<S, V> setting,
			BiFunction<S, V, S> with) {
		return key(name, setting, reader(property, with));
	}

	// a value that the endpoint must not show
	<V> SettingKeys<P, S> secret(String name, Function<P, @Nullable V> property, Function<S, V> setting,
			BiFunction<S, V, S> with) {
		return secret(name, setting, reader(property, with));
	}

	SettingKeys<P, S> size(String name, Function<P, @Nullable DataSize> property, Function<S, Number> setting,
			BiFunction<S, Long, S> with) {
		return key(name, (settings) -> DataSize.ofBytes(setting.apply(settings).longValue()),
				reader(property, (settings, size) -> with.apply(settings, size.toBytes())));
	}

	// a map that is merged key by key
	<V> SettingKeys<P, S> map(String name, Function<P, @Nullable Map<String, V>> property,
			Function<S, Map<String, V>> setting, BiFunction<S, Map<String, V>, S> with) {
		return key(name, setting, (properties, settings) -> with.apply(settings, properties.map(property)));
	}

	// a value that is resolved before the properties are read
	<V> SettingKeys<P, S> resolved(String name, Function<S, V> setting, Function<V, Object> view) {
		return key(name, setting, view, (properties, settings) -> settings);
	}

	// a value with its own reader
	SettingKeys<P, S> key(String name, Function<S, ?> setting, Reader<P, S> reader) {
		return key(name, setting, SettingsView::show, reader);
	}

	// a value with its own reader, and that the endpoint must not show
	SettingKeys<P, S> secret(String name, Function<S, ?> setting, Reader<P, S> reader) {
		return key(name, setting, SettingsView::mask, reader);
	}

	// a value with its own reader and view
	<V> SettingKeys<P, S> key(String name, Function<S, V> setting, Function<V, Object> view, Reader<P, S> reader) {
		this.entries.put(name, new Key<>(setting, (settings) -> view.apply(setting.apply(settings)), reader));
		return this;
	}

	<Q, T> SettingKeys<P, S> group(String name, Function<P, @Nullable Q> properties, Function<S, T> settings,
			BiFunction<S, T, S> with, SettingKeys<Q, T> groupKeys) {
		this.entries.put(name, new Group<>(properties, settings, with, groupKeys));
		return this;
	}

	// a group of properties whose settings belong to the enclosing settings
	<Q> SettingKeys<P, S> group(String name, Function<P, @Nullable Q> properties, SettingKeys<Q, S> groupKeys) {
		return group(name, properties, Function.identity(), (settings, changed) -> changed, groupKeys);
	}

	private static <P, S, V> Reader<P, S> reader(Function<P, @Nullable V> property, BiFunction<S, V, S> with) {
		return (properties, settings) -> {
			V value = properties.find(property);
			return (value != null) ? with.apply(settings, value) : settings;
		};
	}

	/**
	 * Read the properties.
	 * @param properties properties of a client and of the defaults
	 * @param defaults settings for absent properties
	 * @return the settings
	 */
	S read(PropertyFallback<P> properties, S defaults) {
		S settings = defaults;
		for (Entry<P, S> entry : this.entries.values()) {
			settings = entry.read(properties, settings);
		}
		return settings;
	}

	/**
	 * Return settings as the endpoint shows them.
	 * @param settings the settings
	 * @return values by key, without secrets; groups are nested
	 */
	Map<String, Object> describe(S settings) {
		Map<String, Object> view = new LinkedHashMap<>();
		this.entries.forEach((name, entry) -> view.put(name, entry.describe(settings)));
		return view;
	}

	/**
	 * Return all values, secrets included.
	 * @param settings the settings
	 * @return values by key; keys of groups have the prefix of their group
	 */
	Map<String, Object> values(S settings) {
		Map<String, Object> values = new LinkedHashMap<>();
		this.entries.forEach((name, entry) -> entry.collect(name, settings, values));
		return values;
	}

	/**
	 * Reads one key.
	 *
	 * @param <P> type of the properties
	 * @param <S> type of the settings
	 */
	@FunctionalInterface
	interface Reader<P, S> {

		/**
		 * Read the key.
		 * @param properties properties of a client and of the defaults
		 * @param settings settings that were read before
		 * @return the settings with the key
		 */
		S read(PropertyFallback<P> properties, S settings);

	}

	private interface Entry<P, S> {

		S read(PropertyFallback<P> properties, S settings);

		Object describe(S settings);

		void collect(String name, S settings, Map<String, Object> values);

	}

	private record Key<P, S>(Function<S, ?> setting, Function<S, Object> view,
			Reader<P, S> reader) implements Entry<P, S> {

		@Override
		public S read(PropertyFallback<P> properties, S settings) {
			return this.reader.read(properties, settings);
		}

		@Override
		public Object describe(S settings) {
			return this.view.apply(settings);
		}

		@Override
		public void collect(String name, S settings, Map<String, Object> values) {
			values.put(name, this.setting.apply(settings));
		}

	}

	private record Group<P, S, Q, T>(Function<P, @Nullable Q> properties, Function<S, T> group,
			BiFunction<S, T, S> with, SettingKeys<Q, T> keys) implements Entry<P, S> {

		@Override
		public S read(PropertyFallback<P> fallback, S settings) {
			return this.with.apply(settings, this.keys.read(fallback.at(this.properties), this.group.apply(settings)));
		}

		@Override
		public Object describe(S settings) {
			return this.keys.describe(this.group.apply(settings));
		}

		@Override
		public void collect(String name, S settings, Map<String, Object> values) {
			this.keys.values(this.group.apply(settings))
				.forEach((nested, value) -> values.put(name + "." + nested, value));
		}

	}

}
