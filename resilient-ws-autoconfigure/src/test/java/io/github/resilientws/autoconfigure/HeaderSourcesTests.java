package io.github.resilientws.autoconfigure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertiesPropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.util.StringUtils;

import io.github.resilientws.FakeClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Headers and values that several property sources configure.
 */
class HeaderSourcesTests {

	private static final String YAML = """
			resilient-ws.clients.chat:
			  url: ws://localhost
			  headers: { X-Api-Key: yaml }
			  values: { api-key: yaml }
			""";

	@ParameterizedTest
	@MethodSource("orders")
	void outermostSourceWinsAndNoSecondHeaderGoesOut(List<Source> order) {
		ClientSettings settings = settings(order.stream().map((source) -> source.source("clients.chat")).toList());
		assertThat(settings.headers()).hasSize(1);
		settings.headers().forEach((name, value) -> {
			assertThat(name).isEqualToIgnoringCase("X-Api-Key");
			assertThat(value).isEqualTo(winner(order));
		});
		assertThat(settings.values()).containsEntry("api-key", winner(order));
		assertThat(settings.values().values()).containsOnly(winner(order));
	}

	@ParameterizedTest
	@MethodSource("orders")
	void headerOfAClientWinsOverTheDefaultsWhereverItIs(List<Source> order) {
		for (Source own : Source.values()) {
			List<PropertySource<?>> sources = new ArrayList<>();
			order.forEach((source) -> sources.add(source.source((source == own) ? "clients.chat" : "defaults")));
			ClientSettings settings = settings(sources);
			assertThat(settings.headers()).hasSize(1);
			assertThat(settings.headers().values()).containsExactly(own.name());
			assertThat(settings.headers().keySet().iterator().next()).isEqualToIgnoringCase("X-Api-Key");
			assertThat(settings.values()).containsEntry("api-key", own.name());
		}
	}

	@Test
	void variableOfNoOtherSourceIsAHeaderOfItsOwn() {
		ClientSettings settings = settings(List.of(yaml(YAML), variables("HEADERS_AUTHORIZATION", "secret")));
		assertThat(settings.headers()).containsOnly(Map.entry("X-Api-Key", "yaml"),
				Map.entry("authorization", "secret"));
	}

	@Test
	void variableWithUnderscoresIsTheHeaderWithDashes() {
		ClientSettings settings = settings(List.of(variables("HEADERS_X_API_KEY", "variable"), yaml(YAML)));
		assertThat(settings.headers()).containsOnly(Map.entry("X-Api-Key", "variable"));
	}

	@Test
	void sourcesThatCanSpellDashesTellNamesApartByThem() {
		ClientSettings settings = settings(
				List.of(yaml(YAML), properties("resilient-ws.clients.chat.headers.XApiKey", "other")));
		assertThat(settings.headers()).containsOnly(Map.entry("X-Api-Key", "yaml"), Map.entry("XApiKey", "other"));
		ClientSettings three = settings(List.of(variables("HEADERS_XAPIKEY", "variable"), yaml(YAML),
				properties("resilient-ws.clients.chat.headers.XApiKey", "other")));
		assertThat(three.headers()).containsOnly(Map.entry("X-Api-Key", "yaml"), Map.entry("XApiKey", "variable"));
	}

	@Test
	void placeholdersAreResolved() {
		ClientSettings settings = settings(List.of(yaml(YAML.replace("X-Api-Key: yaml", "X-Api-Key: 'key ${api.key}'")),
				properties("api.key", "4711")));
		assertThat(settings.headers()).containsOnly(Map.entry("X-Api-Key", "key 4711"));
	}

	@Test
	void valueHasOneValueInEachSpelling() {
		ClientSettings settings = settings(
				List.of(variables("VALUES_APIKEY", "variable"), yaml(YAML.replace("api-key", "apiKey"))));
		assertThat(settings.values()).containsOnly(Map.entry("apiKey", "variable"));
		ClientSettings spelled = settings(List.of(properties("resilient-ws.clients.chat.values.apikey", "outer"),
				yaml(YAML.replace("api-key", "apiKey"))));
		assertThat(spelled.values()).containsOnly(Map.entry("apiKey", "outer"), Map.entry("apikey", "outer"));
	}

	@Test
	void oneHeaderIsOnTheWire() {
		try (TestWebSocketServer server = TestWebSocketServer.start()) {
			List<PropertySource<?>> sources = List.of(Source.COMMAND_LINE.source("clients.chat"),
					Source.VARIABLE.source("clients.chat"), Source.SYSTEM_PROPERTY.source("defaults"),
					yaml(YAML.replace("ws://localhost", server.url().toString())));
			runner(Contexts.real(), sources).run((context) -> {
				Awaitility.await().until(() -> !server.seen().handshakes().isEmpty());
				assertThat(server.seen().handshakes().get(0).headers()).containsEntry("x-api-key",
						List.of("COMMAND_LINE"));
			});
		}
	}

	static Stream<List<Source>> orders() {
		List<List<Source>> result = new ArrayList<>();
		permute(new ArrayList<>(List.of(Source.values())), 0, result);
		return result.stream();
	}

	private static void permute(List<Source> sources, int from, List<List<Source>> result) {
		if (from == sources.size()) {
			result.add(List.copyOf(sources));
		}
		for (int i = from; i < sources.size(); i++) {
			Collections.swap(sources, from, i);
			permute(sources, from + 1, result);
			Collections.swap(sources, from, i);
		}
	}

	private static String winner(List<Source> order) {
		return order.get(0).name();
	}

	private static ClientSettings settings(List<? extends PropertySource<?>> sources) {
		List<ClientSettings> result = new ArrayList<>();
		runner(Contexts.fake(), sources).run((context) -> result.add(settings(context)));
		return result.get(0);
	}

	private static ClientSettings settings(ApplicationContext context) {
		return ((FakeClient) context.getBean(ResilientWebSocketClients.class).get("chat")).builder.settings;
	}

	// the outermost first
	private static ApplicationContextRunner runner(ApplicationContextRunner runner,
			List<? extends PropertySource<?>> sources) {
		return runner.withInitializer((context) -> {
			MutablePropertySources all = context.getEnvironment().getPropertySources();
			sources.forEach(all::addLast);
		}).withPropertyValues("resilient-ws.defaults.url=ws://localhost");
	}

	private static PropertySource<?> yaml(String text) {
		try {
			return new YamlPropertySourceLoader()
				.load("yaml", new ByteArrayResource(text.getBytes(), "application.yml"))
				.get(0);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static PropertySource<?> variables(String key, String value) {
		return new SystemEnvironmentPropertySource("test-systemEnvironment",
				Map.of("RESILIENTWS_CLIENTS_CHAT_" + key, value));
	}

	private static PropertySource<?> properties(String key, String value) {
		return new PropertiesPropertySource("properties", toProperties(Map.of(key, value)));
	}

	private static Properties toProperties(Map<String, String> values) {
		Properties properties = new Properties();
		properties.putAll(values);
		return properties;
	}

	enum Source {

		YAML, VARIABLE, SYSTEM_PROPERTY, COMMAND_LINE;

		PropertySource<?> source(String group) {
			return switch (this) {
				case YAML -> yaml("""
						resilient-ws.GROUP:
						  headers: { X-Api-Key: YAML }
						  values: { api-key: YAML }
						""".replace("GROUP", group));
				case VARIABLE -> {
					String prefix = "RESILIENTWS_" + StringUtils.replace(group, ".", "_").toUpperCase(Locale.ROOT);
					yield new SystemEnvironmentPropertySource("test-systemEnvironment",
							Map.of(prefix + "_HEADERS_XAPIKEY", name(), prefix + "_VALUES_APIKEY", name()));
				}
				case SYSTEM_PROPERTY -> new PropertiesPropertySource("properties",
						toProperties(Map.of("resilient-ws." + group + ".headers.x-api-key", name(),
								"resilient-ws." + group + ".values.api-key", name())));
				case COMMAND_LINE ->
					new SimpleCommandLinePropertySource("--resilient-ws." + group + ".headers.X-API-KEY=" + name(),
							"--resilient-ws." + group + ".values.api-key=" + name());
			};
		}

	}

}
