package io.github.resilientws.autoconfigure.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.LinkedCaseInsensitiveMap;

import io.github.resilientws.settings.InvalidSettingException;

/**
 * The headers and the template values of clients, from all property sources. Their keys
 * are names of the user. Names are compared without case, and in environment variables,
 * which cannot contain dashes, without dashes.
 *
 * @since 0.1
 */
public final class NamedTexts {

	private static final Bindable<Map<String, String>> MAP = Bindable.mapOf(String.class, String.class);

	/** Sources of lowest precedence first, so that later ones override them. */
	private final List<ConfigurationPropertySource> sources = new ArrayList<>();

	private final Placeholders placeholders;

	/**
	 * Create a reader.
	 * @param environment environment with the property sources to read
	 */
	public NamedTexts(Environment environment) {
		this(environment, List.of());
	}

	/**
	 * Create a reader.
	 * @param environment environment with the property sources to read
	 * @param first property sources that take precedence over those of the environment
	 */
	public NamedTexts(Environment environment, List<PropertySource<?>> first) {
		ConfigurationPropertySources.from(first).forEach(this.sources::add);
		ConfigurationPropertySources.from(((ConfigurableEnvironment) environment).getPropertySources())
			.forEach(this.sources::add);
		Collections.reverse(this.sources);
		this.placeholders = new Placeholders(environment);
	}

	/**
	 * Return the headers of a client.
	 * @param client name of the client
	 * @return the headers, each once
	 * @throws InvalidSettingException if no property resolves a placeholder of a header
	 */
	Map<String, String> headers(String client) {
		Map<String, String> headers = new LinkedCaseInsensitiveMap<>();
		read(client, "headers").forEach((text) -> headers.put(text.name(), text.value()));
		return resolve("headers", headers.keySet(), headers);
	}

	/**
	 * Return the template values of a client. A name with several spellings is contained
	 * in each of them, because templates may use any, but has one value.
	 * @param client name of the client
	 * @return the values
	 * @throws InvalidSettingException if no property resolves a placeholder of a value
	 */
	Map<String, String> values(String client) {
		Map<String, String> values = new LinkedCaseInsensitiveMap<>();
		Set<String> names = new LinkedHashSet<>();
		read(client, "values").forEach((text) -> {
			names.add(text.name());
			values.put(text.name(), text.value());
		});
		return resolve("values", names, values);
	}

	// overridden texts need not be resolvable
	private Map<String, String> resolve(String group, Set<String> names, Map<String, String> texts) {
		Map<String, String> result = new LinkedHashMap<>();
		for (String name : names) {
			String value = this.placeholders.resolve(texts.getOrDefault(name, ""));
			if (value == null) {
				throw new InvalidSettingException(group + "." + FailureText.printable(name), "",
						Placeholders.UNRESOLVED);
			}
			result.put(name, value);
		}
		return result;
	}

	// each in the spelling of a source that can contain dashes; later ones override
	private List<Text> read(String client, String group) {
		List<Text> texts = new ArrayList<>();
		bind(KnownKeys.PREFIX.append("defaults").append(group), texts);
		bind(KnownKeys.PREFIX.append("clients").append(client).append(group), texts);
		List<String> names = new ArrayList<>();
		texts.stream().filter(Text::spelled).map(Text::name).forEach(names::add);
		return texts.stream().map((text) -> text.spelled() ? text : text.as(spelling(text.name(), names))).toList();
	}

	private void bind(ConfigurationPropertyName group, List<Text> texts) {
		for (ConfigurationPropertySource source : this.sources) {
			// most clients have none, and binding a map reads all names of a source
			if (source.containsDescendantOf(group) == ConfigurationPropertyState.ABSENT) {
				continue;
			}
			boolean spelled = !(source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource);
			new Binder(List.of(source), PlaceholdersResolver.NONE).bind(group, MAP)
				.orElse(Map.of())
				.forEach((name, value) -> texts.add(new Text(name, value, spelled)));
		}
	}

	// add this name, unless it is known
	private static String spelling(String name, List<String> known) {
		for (String candidate : known) {
			if (candidate.equalsIgnoreCase(name)) {
				return candidate;
			}
		}
		for (String candidate : known) {
			if (plain(candidate).equals(plain(name))) {
				return candidate;
			}
		}
		known.add(name);
		return name;
	}

	private static String plain(String name) {
		return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
	}

	/**
	 * A header or value of one property source.
	 *
	 * @param name name, as the source spells it
	 * @param value value
	 * @param spelled whether names of the source can contain any character
	 */
	private record Text(String name, String value, boolean spelled) {

		Text as(String spelling) {
			return new Text(spelling, this.value, true);
		}

	}

}
