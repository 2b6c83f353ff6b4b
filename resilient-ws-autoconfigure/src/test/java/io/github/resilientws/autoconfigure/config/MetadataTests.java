package io.github.resilientws.autoconfigure.config;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What editors know about the properties.
 */
class MetadataTests {

	private final JsonNode metadata = read();

	@Test
	void everyPropertyHasADescription() {
		List<String> undescribed = new ArrayList<>();
		for (JsonNode property : this.metadata.path("properties")) {
			String description = property.path("description").asString("");
			if (description.isBlank() || !description.endsWith(".")) {
				undescribed.add(property.path("name").asString());
			}
		}
		assertThat(undescribed).isEmpty();
	}

	@Test
	void everyLeafOfTheDefaultsIsThere() {
		List<String> names = new ArrayList<>();
		this.metadata.path("properties").forEach((property) -> names.add(property.path("name").asString()));
		List<String> leaves = new ArrayList<>();
		collect("resilient-ws.defaults.", ResilientWebSocketProperties.Client.class, leaves);
		assertThat(leaves).hasSizeGreaterThan(40);
		assertThat(names).containsAll(leaves)
			.contains("resilient-ws.enabled", "resilient-ws.listener.max-threads", "resilient-ws.clients",
					"management.health.resilientws.enabled");
	}

	@Test
	void everyKeyOfAClientIsReadAndShown() {
		List<String> leaves = new ArrayList<>();
		collect("", ResilientWebSocketProperties.Client.class, leaves);
		// one URL is shown as the only one of urls
		leaves.remove("url");
		assertThat(new BuiltInDefaults().keys()).containsExactlyInAnyOrderElementsOf(leaves);
	}

	@Test
	void defaultsAreDocumented() {
		assertThat(property("resilient-ws.defaults.reconnect.initial-delay").path("defaultValue").asString())
			.isEqualTo("1s");
		assertThat(property("resilient-ws.defaults.connect-timeout").path("description").asString())
			.startsWith("Limit of a whole attempt");
	}

	private JsonNode property(String name) {
		for (JsonNode property : this.metadata.path("properties")) {
			if (property.path("name").asString().equals(name)) {
				return property;
			}
		}
		throw new AssertionError(name);
	}

	private static void collect(String prefix, Class<?> type, List<String> leaves) {
		for (RecordComponent component : type.getRecordComponents()) {
			String name = prefix + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
			if (component.getType().isRecord()) {
				collect(name + ".", component.getType(), leaves);
			}
			else {
				leaves.add(name);
			}
		}
	}

	private static JsonNode read() {
		try (InputStream stream = MetadataTests.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return JsonMapper.shared().readTree(stream);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
