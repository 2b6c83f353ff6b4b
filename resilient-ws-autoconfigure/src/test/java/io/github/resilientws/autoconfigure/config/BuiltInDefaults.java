package io.github.resilientws.autoconfigure.config;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.springframework.util.ReflectionUtils;
import org.springframework.util.unit.DataSize;

import io.github.resilientws.settings.StoreSettings;

/**
 * What an empty configuration of a client resolves to, as the author of a configuration
 * would write it.
 */
final class BuiltInDefaults {

	private final Map<String, String> values = new LinkedHashMap<>();

	BuiltInDefaults() {
		ResilientWebSocketProperties.Client empty = new ResilientWebSocketProperties.Client(null, null, null, null,
				null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
				null, null);
		collect("", new ClientConfigurationResolver("client", empty, empty, null).resolve());
	}

	// by the whole key, or by its last part when the settings are grouped otherwise
	String find(String key) {
		int dot = key.lastIndexOf('.');
		String last = key.substring(dot + 1);
		String flat = (dot >= 0) ? key.substring(0, dot) + "-" + last : key;
		return this.values.entrySet()
			.stream()
			.filter((entry) -> ("." + entry.getKey()).endsWith("." + key) || entry.getKey().endsWith("." + flat))
			.findFirst()
			.map(Map.Entry::getValue)
			.orElseGet(() -> this.values.getOrDefault(last, ""));
	}

	private void collect(String prefix, Record group) {
		for (RecordComponent component : group.getClass().getRecordComponents()) {
			String key = prefix + dashed(component.getName());
			Object value = ReflectionUtils.invokeMethod(component.getAccessor(), group);
			if (value instanceof StoreSettings store) {
				// its keys stand next to those of the queue
				collect(prefix, store);
				this.values.put(key, text(key, store.kind()));
			}
			else if (value instanceof Record nested) {
				collect(key + ".", nested);
			}
			else {
				this.values.put(key, text(key, value));
			}
		}
	}

	private static String text(String key, Object value) {
		if (value == null) {
			return "";
		}
		if (value instanceof Duration duration) {
			return text(duration);
		}
		if (value instanceof Enum<?> constant) {
			return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
		}
		boolean noPort = key.endsWith("port") && value.equals(0);
		if (noPort || value instanceof Collection<?> || value instanceof Map<?, ?>) {
			return "";
		}
		boolean size = value instanceof Number && (key.endsWith("bytes") || key.endsWith("size"));
		return (size) ? text(DataSize.ofBytes(((Number) value).longValue())) : value.toString();
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
		return (size.toBytes() > 0 && size.toBytes() % (1 << 20) == 0) ? size.toMegabytes() + "MB"
				: Long.toString(size.toBytes());
	}

	static String dashed(String name) {
		return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
	}

}
