package io.github.resilientws.settings;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for the settings records: copies with one other component, and defaults.
 */
class SettingsRecordsTests {

	@ParameterizedTest(name = "{0}.with({1})")
	@MethodSource("components")
	void copyHasOneOtherComponent(Record settings, RecordComponent component) {
		Object other = other(component, get(settings, component));
		Record copy = with(settings, component, other);
		assertThat(get(copy, component)).isEqualTo(other).isNotEqualTo(get(settings, component));
		assertThat(values(copy, component)).isEqualTo(values(settings, component));
	}

	static Stream<Arguments> components() {
		return Stream
			.of(ClientSettings.defaults("chat"), ProxySettings.NONE, HeartbeatSettings.DEFAULTS,
					ReconnectSettings.DEFAULTS, SessionSettings.DEFAULTS, DeliverySettings.DEFAULTS,
					DeliverySettings.DEFAULTS.ack(), DeliverySettings.DEFAULTS.nack(), QueueSettings.DEFAULTS,
					StoreSettings.MEMORY, InboundSettings.DEFAULTS, FramingSettings.DEFAULTS)
			.flatMap((settings) -> Stream.of(settings.getClass().getRecordComponents())
				.filter((component) -> !component.getName().equals("name"))
				.map((component) -> Arguments.of(settings, component)));
	}

	@Test
	void defaultsKeepTheRules() {
		assertThatNoException().isThrownBy(() -> SettingsRules.check(ClientSettings.defaults("chat"), true));
	}

	@Test
	void headerReplacesOneWhoseNameDiffersInCaseOnly() {
		ClientSettings settings = ClientSettings.defaults("chat")
			.withHeader("x-tenant", "a")
			.withHeader("X-Other", "b")
			.withHeader("X-Tenant", "c");
		assertThat(settings.headers()).containsOnly(Map.entry("X-Tenant", "c"), Map.entry("X-Other", "b"));
	}

	@Test
	void valuesDifferInCase() {
		ClientSettings settings = ClientSettings.defaults("chat").withValue("token", "a").withValue("Token", "b");
		assertThat(settings.values()).containsOnly(Map.entry("token", "a"), Map.entry("Token", "b"));
	}

	@Test
	void textShowsNoSettings() {
		assertThat(ClientSettings.defaults("chat").withHeader("authorization", "s3cret"))
			.hasToString("ClientSettings[chat]");
	}

	private static Record with(Record settings, RecordComponent component, Object value) {
		Method method = ReflectionUtils.findMethod(settings.getClass(),
				"with" + StringUtils.capitalize(component.getName()), component.getType());
		assertThat(method).as("copy with another " + component.getName()).isNotNull();
		return (Record) Objects.requireNonNull(ReflectionUtils.invokeMethod(method, settings, value));
	}

	private static Map<String, Object> values(Record settings, RecordComponent except) {
		Map<String, Object> result = new LinkedHashMap<>();
		for (RecordComponent component : settings.getClass().getRecordComponents()) {
			if (!component.getName().equals(except.getName())) {
				result.put(component.getName(), get(settings, component));
			}
		}
		return result;
	}

	private static Object get(Record settings, RecordComponent component) {
		return ReflectionUtils.invokeMethod(component.getAccessor(), settings);
	}

	private static Object other(RecordComponent component, Object value) {
		Class<?> type = component.getType();
		if (type.isEnum()) {
			return Stream.of(type.getEnumConstants()).filter((constant) -> constant != value).findFirst().orElseThrow();
		}
		if (type.isRecord()) {
			RecordComponent first = type.getRecordComponents()[0];
			return with((Record) value, first, other(first, get((Record) value, first)));
		}
		return switch (component.getName()) {
			case "urls" -> List.of(URI.create("ws://localhost"));
			case "steps" -> List.of(new SessionSettings.Step("a", "b", List.of()));
			case "autoReplies" -> List.of(new SessionSettings.AutoReply("a", "b"));
			case "onClose", "onStatus" -> Map.of("404", ReconnectAction.STOP);
			default -> switch (type.getSimpleName()) {
				case "int" -> (Integer) value + 7;
				case "long" -> (Long) value + 7;
				case "double" -> (Double) value + 7;
				case "boolean" -> !(Boolean) value;
				case "Duration" -> ((Duration) value).plusSeconds(7);
				case "String" -> value + "7";
				case "Path" -> Path.of("outbox");
				case "List" -> List.of("a");
				case "Map" -> Map.of("a", "b");
				default -> throw new IllegalStateException(type.getName());
			};
		};
	}

}
