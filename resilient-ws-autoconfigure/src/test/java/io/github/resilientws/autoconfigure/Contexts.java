package io.github.resilientws.autoconfigure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import io.github.resilientws.FakeBuilder;
import io.github.resilientws.FakeClient;
import io.github.resilientws.ResilientWebSocketClient;

/**
 * Contexts with fake or real clients.
 */
public final class Contexts {

	private Contexts() {
	}

	public static ApplicationContextRunner fake(Class<?>... autoConfigurations) {
		return new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(ResilientWebSocketAutoConfiguration.class))
			.withConfiguration(AutoConfigurations.of(autoConfigurations))
			.withUserConfiguration(FakeClients.class);
	}

	/**
	 * Return what a fake client was built with.
	 * @param client the client
	 * @return its components by their type
	 */
	public static Map<Class<?>, Object> components(ResilientWebSocketClient client) {
		return ((FakeClient) client).builder.components;
	}

	/**
	 * Make a runner with real clients.
	 * @return the runner
	 */
	public static ApplicationContextRunner real() {
		return new ApplicationContextRunner().withConfiguration(
				AutoConfigurations.of(ResilientWebSocketAutoConfiguration.class, JacksonAutoConfiguration.class));
	}

	/**
	 * Run an application with real clients and everything that Boot configures.
	 * @param type kind of application
	 * @param yaml text of its configuration file
	 * @param sources its configurations
	 * @return its context
	 */
	public static ConfigurableApplicationContext run(WebApplicationType type, String yaml, Class<?>... sources) {
		return application(type, yaml, sources).run("--server.port=0");
	}

	/**
	 * Make an application with everything that Boot's auto-configuration offers here.
	 * @param type whether it is a web application
	 * @param yaml text of its configuration
	 * @param sources further configuration
	 * @return the application, not started
	 */
	public static SpringApplicationBuilder application(WebApplicationType type, String yaml, Class<?>... sources) {
		return new SpringApplicationBuilder(EverythingOfBoot.class).sources(sources)
			.web(type)
			.bannerMode(Banner.Mode.OFF)
			.initializers((context) -> addYaml(context, yaml));
	}

	/**
	 * Add a YAML file.
	 * @param runner the runner
	 * @param yaml text of the file
	 * @return the runner with the file
	 */
	public static ApplicationContextRunner yaml(ApplicationContextRunner runner, String yaml) {
		return runner.withInitializer((context) -> addYaml(context, yaml));
	}

	private static void addYaml(ConfigurableApplicationContext context, String yaml) {
		try {
			List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("application.yml",
					new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "application.yml"));
			sources.forEach(context.getEnvironment().getPropertySources()::addLast);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class EverythingOfBoot {

	}

	@Configuration(proxyBeanMethods = false)
	static class FakeClients {

		@Bean
		ClientBuilderFactory fakeBuilders() {
			return (configuration) -> new FakeBuilder(configuration.settings().name());
		}

	}

}
