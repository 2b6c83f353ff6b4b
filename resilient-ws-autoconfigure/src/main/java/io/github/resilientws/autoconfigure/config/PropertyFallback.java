package io.github.resilientws.autoconfigure.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * One group of settings of a client and of the defaults; those of the client take
 * precedence.
 *
 * @param <T> type of the group
 * @param own settings of the client
 * @param shared settings of the defaults
 */
record PropertyFallback<T>(@Nullable T own, @Nullable T shared) {

	<V> V get(Function<T, @Nullable V> getter, V builtIn) {
		V value = find(getter);
		return (value != null) ? value : builtIn;
	}

	<V> @Nullable V find(Function<T, @Nullable V> getter) {
		V value = own(getter);
		return (value != null) ? value : from(this.shared, getter);
	}

	<V> @Nullable V own(Function<T, @Nullable V> getter) {
		return from(this.own, getter);
	}

	<N> PropertyFallback<N> at(Function<T, @Nullable N> getter) {
		return new PropertyFallback<>(from(this.own, getter), from(this.shared, getter));
	}

	// merge by key
	<V> Map<String, V> map(Function<T, @Nullable Map<String, V>> getter) {
		Map<String, V> result = new LinkedHashMap<>();
		Map<String, V> shared = from(this.shared, getter);
		if (shared != null) {
			result.putAll(shared);
		}
		Map<String, V> own = from(this.own, getter);
		if (own != null) {
			result.putAll(own);
		}
		return result;
	}

	private static <T, V> @Nullable V from(@Nullable T group, Function<T, @Nullable V> getter) {
		return (group != null) ? getter.apply(group) : null;
	}

}
