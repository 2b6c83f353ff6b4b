package io.github.resilientws.autoconfigure.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.OnMessage;
import io.github.resilientws.autoconfigure.config.SessionProperties.AutoReply;
import io.github.resilientws.autoconfigure.config.SessionProperties.Capture;
import io.github.resilientws.autoconfigure.config.SessionProperties.FailOn;
import io.github.resilientws.autoconfigure.config.SessionProperties.Step;
import io.github.resilientws.settings.SessionSettings;

/**
 * The reference of all properties as Markdown: names, types and descriptions from the
 * configuration metadata, defaults from what an empty configuration resolves to, keys of
 * list elements from the records that hold them.
 */
final class ConfigurationReference {

	private static final String METADATA = "META-INF/spring-configuration-metadata.json";

	private static final String DEFAULTS = "resilient-ws.defaults.";

	private static final List<String> GROUPS = List.of("ssl", "proxy", "reconnect", "heartbeat", "session", "delivery",
			"request", "subscription", "queue", "inbound", "framing", "cluster", "health");

	private static final String INTRODUCTION = """
			Every key of a client stands under `resilient-ws.clients.<name>` or, for all clients, under
			`resilient-ws.defaults`. A client overrides the defaults leaf by leaf; maps are merged key by key; texts, lists,
			matchers and templates are replaced whole. `''` takes back a template, a matcher, an `origin` or a `url` of the
			defaults.

			Durations have a unit (`500ms`, `10s`, `5m`), sizes too (`512KB`, `8MB`). A dash is "nothing".
			[Matchers, locators and templates](listening.md#matchers-locators-templates) have a page of their own.

			A wrong value or an unknown key stops the application with a description: the full name, where it stands, what is
			allowed. Values that may be secret are not shown. Unknown keys in environment variables and system properties are
			ignored, as everywhere in Spring Boot.

			## Names and beans

			A client name is made of lower-case letters, digits and dashes, and starts with a letter. Environment variables
			cannot spell dashes: `RESILIENTWS_CLIENTS_MYCHAT_HEARTBEAT_INTERVAL=45s` belongs to the client `my-chat`.

			Several property sources may configure the same header or template value; the outermost one wins, and one header
			goes out. The case of a name makes no difference. Dashes make none in environment variables:
			`RESILIENTWS_CLIENTS_MYCHAT_HEADERS_XAPIKEY` overrides the `X-Api-Key` of `application.yml`. Headers and values of a
			client override those of the defaults, wherever they are configured.

			| to get | write |
			|---|---|
			| one client | `@WebSocketClientName("my-chat") ResilientWebSocketClient client` |
			| the same by its bean name | `@Qualifier("myChatWebSocketClient") ResilientWebSocketClient client` |
			| all clients | `ResilientWebSocketClients clients`, which is iterable and has `get("my-chat")` |

			Beans of these types take part; with `@WebSocketClientName` in one client, without in all: `HandshakeCustomizer`,
			`ReconnectPolicy`, `WebSocketTransport`, `WebSocketTransportDecorator`, `OutboxStoreFactory`,
			`WebSocketListenerErrorHandler`, `WebSocketMessageListener`, `ClientObserver`, the conventions of `io.github.resilientws.observation`, and
			`ResilientWebSocketClientCustomizer`, which may change the builder of a client last of all. Of `MessageConverter`,
			`TaskDecorator`, Spring's `WebSocketClient`, and spring-retry's `RetryPolicy` and `SleepingBackOffPolicy` only beans
			with the qualifier are taken. A `WebSocketFrameCodecFactory` bean serves the clients whose `framing.codec` is its
			name. A `ResilientWebSocketConnectionDetails` bean wins over `url` and `urls`. A
			`ResilientWebSocketClient` bean of the application wins over a configured client of the same bean name.

			Beans are found as an injection point finds them: `@Primary`, `@Fallback` and `@Priority` choose among several, and
			the qualifier may be a meta-annotation.

			## Parent and child contexts

			Each context of a hierarchy has clients of its own, starts and stops them, and lists them in
			`ResilientWebSocketClients`, its health contributor and its endpoint. Two contexts that both configure `chat` have
			two clients and two connections. A client that only properties of the parent configure is not made a second time in
			a child. With `queue.store: file` the two need directories of their own: otherwise the second context does not
			start, and the failure names the context that holds the file.

			Beans that a client uses, such as a `ReconnectPolicy`, a `HandshakeCustomizer` or a qualified `MessageConverter`, may
			stand in a parent context. If both contexts have one, the nearer bean wins. Beans that take part in clients belong to
			their own context alone: `@WebSocketListener` methods, `WebSocketMessageListener`, `ClientObserver` and
			`ResilientWebSocketClientCustomizer`. A child may have a client of its parent injected and call `addListener` on it.

			Spring publishes events of a child in its parents, too, so an `@EventListener` of the parent receives events of the
			child's clients. In a meter registry that contexts share, the meters of a name belong to the first client; another
			one of the same name has none, which one WARN says. Spring Boot has one registry of health contributors per
			hierarchy: `/actuator/health` of a child whose parent has the actuator shows the clients of the parent.
			""";

	private static final String DEFAULT_ACTION = SessionSettings.FailOn.DEFAULT_ACTION.name().toLowerCase(Locale.ROOT);

	private final Map<String, JsonNode> properties = new TreeMap<>();

	private final BuiltInDefaults builtIn = new BuiltInDefaults();

	private final StringBuilder page = new StringBuilder();

	private final String command;

	ConfigurationReference(String command) {
		this.command = command;
		for (JsonNode property : metadata().path("properties")) {
			this.properties.put(property.path("name").asString(), property);
		}
	}

	String render() {
		line("# Configuration");
		line("");
		line("<!-- Generated from the configuration metadata and the settings records; do not edit. To write it again:");
		line(this.command + " -->");
		line("");
		this.page.append(INTRODUCTION);
		table("Application", "",
				this.properties.keySet()
					.stream()
					.filter((name) -> !name.startsWith(DEFAULTS) && !name.equals("resilient-ws.clients"))
					.toList());
		table("Client", DEFAULTS,
				this.properties.keySet()
					.stream()
					.filter((name) -> name.startsWith(DEFAULTS) && name.indexOf('.', DEFAULTS.length()) < 0)
					.toList());
		for (String group : GROUPS) {
			String prefix = DEFAULTS + group + ".";
			table("`" + group + "`", DEFAULTS,
					this.properties.keySet().stream().filter((name) -> name.startsWith(prefix)).toList());
		}
		elements("session.steps[]", Step.class);
		elements("session.steps[].fail-on[]", FailOn.class);
		elements("session.auto-replies[]", AutoReply.class);
		elements("session.captures.<name>", Capture.class);
		elements("reconnect.on-message[]", OnMessage.class);
		elements("subscription.on-message[]", SubscriptionProperties.OnMessage.class);
		return this.page.toString();
	}

	private String given(String name) {
		JsonNode property = this.properties.get(name);
		String value = property.path("defaultValue").asString("");
		return property.path("type").asString("").equals(String.class.getName()) ? value : value.replace('_', '-');
	}

	private void table(String title, String prefix, List<String> names) {
		heading(title);
		for (String name : names) {
			JsonNode property = this.properties.get(name);
			String key = name.substring(prefix.length());
			String value = prefix.isEmpty() ? given(name) : this.builtIn.find(key);
			row(key, PropertyTypes.describe(property.path("type").asString()), value,
					property.path("description").asString(""));
		}
	}

	private void elements(String title, Class<? extends Record> type) {
		heading("`" + title + "`");
		new ElementDescriptions(type)
			.forEach((key, component) -> row(key, PropertyTypes.describe(component.type().getTypeName()),
					(type == FailOn.class && key.equals("action")) ? DEFAULT_ACTION : "", component.description()));
	}

	private void heading(String title) {
		line("");
		line("## " + title);
		line("");
		line("| key | type | default | meaning |");
		line("|---|---|---|---|");
	}

	private void row(String key, String type, String value, String description) {
		line("| `" + key + "` | " + type + " | " + (value.isEmpty() ? "–" : "`" + value + "`") + " | "
				+ description.replace("|", "\\|") + " |");
	}

	private void line(String line) {
		this.page.append(line).append('\n');
	}

	private static JsonNode metadata() {
		try {
			for (URL url : Collections.list(ConfigurationReference.class.getClassLoader().getResources(METADATA))) {
				try (InputStream stream = url.openStream()) {
					JsonNode metadata = JsonMapper.shared().readTree(stream);
					if (metadata.path("groups").valueStream().anyMatch(ConfigurationReference::isOurs)) {
						return metadata;
					}
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		throw new IllegalStateException("no " + METADATA + " with the group resilient-ws");
	}

	private static boolean isOurs(JsonNode group) {
		return group.path("name").asString("").equals("resilient-ws");
	}

}
