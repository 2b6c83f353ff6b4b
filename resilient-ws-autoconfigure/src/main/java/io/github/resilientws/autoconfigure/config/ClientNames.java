package io.github.resilientws.autoconfigure.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.util.StringUtils;

/**
 * The names under {@code resilient-ws.clients}. An environment variable cannot contain
 * dashes: it belongs to the client whose name another source spells with dashes.
 *
 * @since 0.1
 */
public final class ClientNames {

	private static final ConfigurationPropertyName CLIENTS = KnownKeys.PREFIX.append("clients");

	private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

	private final ConfigurableEnvironment environment;

	private final KnownKeys keys = new KnownKeys();

	private final @Nullable BeanFactory parent;

	/** Property sources that the environment inherits from its parent. */
	private final Set<Object> inherited = Collections.newSetFromMap(new IdentityHashMap<>());

	/**
	 * Create a reader.
	 * @param environment environment with the property sources to read
	 * @param parent parent of the context, or {@code null}
	 */
	public ClientNames(Environment environment, @Nullable BeanFactory parent) {
		this.environment = (ConfigurableEnvironment) environment;
		this.parent = parent;
		ConfigurableEnvironment above = environment(parent);
		if (above != null && above != environment) {
			above.getPropertySources().forEach(this.inherited::add);
		}
	}

	private static @Nullable ConfigurableEnvironment environment(@Nullable BeanFactory parent) {
		return (parent != null && parent.containsBean(ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME) && parent
			.getBean(
					ConfigurableApplicationContext.ENVIRONMENT_BEAN_NAME) instanceof ConfigurableEnvironment environment)
							? environment : null;
	}

	/**
	 * Find the names of the configured clients, except clients of the parent context that
	 * only its properties configure.
	 * @return the names
	 * @throws InvalidConfigurationException if a name is not allowed, or two names differ
	 * only in dashes
	 */
	public Collection<String> find() {
		Map<String, Spellings> clients = new LinkedHashMap<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources
			.from(this.environment.getPropertySources())) {
			if (source instanceof IterableConfigurationPropertySource iterable) {
				boolean variables = source.getUnderlyingSource() instanceof SystemEnvironmentPropertySource;
				boolean own = !this.inherited.contains(source.getUnderlyingSource());
				iterable.stream()
					.filter(this::isClientSetting)
					.map((name) -> name.getElement(2, Form.ORIGINAL))
					.forEach((name) -> clients.computeIfAbsent(name.replace("-", ""), (key) -> new Spellings())
						.add(name, variables, own));
			}
		}
		List<String> names = new ArrayList<>();
		for (Spellings spellings : clients.values()) {
			String name = checked(spellings.choose());
			if (spellings.own || !isClientOfParent(name)) {
				names.add(name);
			}
		}
		return names;
	}

	private boolean isClientOfParent(String name) {
		return this.parent != null && this.parent.containsBean(beanName(name));
	}

	private boolean isClientSetting(ConfigurationPropertyName name) {
		return CLIENTS.isAncestorOf(name) && name.getNumberOfElements() > 3
				&& this.keys.isClientKey(name.getElement(3, Form.UNIFORM));
	}

	private static String checked(String name) {
		if (!NAME.matcher(name).matches()) {
			throw new InvalidConfigurationException("The client name '" + name + "' under 'resilient-ws.clients' is not"
					+ " allowed: a name starts with a lower-case letter, then lower-case letters, digits and dashes",
					"Rename the client.");
		}
		return name;
	}

	/**
	 * Return the name of the bean of a client.
	 * @param client name of the client
	 * @return the camel-cased name, such as {@code myChatWebSocketClient}
	 */
	public static String beanName(String client) {
		StringBuilder result = new StringBuilder();
		for (String part : client.split("-")) {
			result.append(result.isEmpty() ? part : StringUtils.capitalize(part));
		}
		return result.append("WebSocketClient").toString();
	}

	private static final class Spellings {

		private final Set<String> all = new LinkedHashSet<>();

		private final Set<String> outsideVariables = new LinkedHashSet<>();

		private boolean own;

		void add(String name, boolean variables, boolean own) {
			this.all.add(name);
			this.own |= own;
			if (!variables) {
				this.outsideVariables.add(name);
			}
		}

		String choose() {
			Set<String> candidates = (this.outsideVariables.size() == 1) ? this.outsideVariables : this.all;
			if (candidates.size() > 1) {
				throw new InvalidConfigurationException(
						"The client names '" + String.join("', '", candidates)
								+ "' under 'resilient-ws.clients' differ only in dashes and cannot be distinguished",
						"Rename one of the clients, or spell the name of the one client the same everywhere.");
			}
			return candidates.iterator().next();
		}

	}

}
