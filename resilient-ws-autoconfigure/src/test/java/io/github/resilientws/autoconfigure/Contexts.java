package io.github.resilientws.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

/**
 * Contexts with fake clients.
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
	 * Add a YAML file.
	 * @param runner the runner
	 * @param yaml text of the file
	 * @return the runner with the file
	 */
	public static ApplicationContextRunner yaml(ApplicationContextRunner runner, String yaml) {
		return runner.withInitializer((context) -> {
			try {
				List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("application.yml",
						new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8), "application.yml"));
				sources.forEach(context.getEnvironment().getPropertySources()::addLast);
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class FakeClients {

		@Bean
		ClientBuilders fakeBuilders() {
			return FakeBuilder::new;
		}

	}

}
