package io.github.resilientws.autoconfigure.config;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.springframework.util.unit.DataSize;

import io.github.resilientws.settings.ClientSettings;

/**
 * The defaults of all keys of a client, as the author of a configuration would write
 * them.
 */
final class BuiltInDefaults {

	private final Map<String, Object> values = new LinkedHashMap<>();

	BuiltInDefaults() {
		ClientSettings settings = ClientSettings.defaults("client");
		this.values.putAll(ClientKeys.ALL.values(settings));
		this.values.putAll(ClientConfigurationKeys.ALL.values(ClientConfiguration.defaults(settings)));
	}

	Set<String> keys() {
		return this.values.keySet();
	}

	// empty if the key has no default
	String find(String key) {
		Object value = find(key, this.values.get(key));
		return (value != null) ? value.toString() : "";
	}

	// a number or boolean as itself, all else as text; null if the key has no default
	Object value(String key) {
		return find(key, this.values.get(key));
	}

	private static Object find(String key, Object value) {
		if (value instanceof Duration duration) {
			return text(duration);
		}
		if (value instanceof DataSize size) {
			return text(size);
		}
		if (value instanceof Enum<?> constant) {
			return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
		}
		boolean noPort = key.endsWith("port") && Integer.valueOf(0).equals(value);
		boolean none = noPort || value instanceof Collection<?> || value instanceof Map<?, ?> || "".equals(value);
		return none ? null : value;
	}

	private static String text(Duration duration) {
		long millis = duration.toMillis();
		if (millis == 0) {
			return "0";
		}
		if (millis % 1000 != 0) {
			return millis + "ms";
		}
		return (millis % 300_000 == 0) ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
	}

	private static String text(DataSize size) {
		if (size.toBytes() > 0 && size.toBytes() % (1 << 20) == 0) {
			return size.toMegabytes() + "MB";
		}
		return (size.toBytes() > 0 && size.toBytes() % (1 << 10) == 0) ? size.toKilobytes() + "KB"
				: Long.toString(size.toBytes());
	}

	static String dashed(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

}
