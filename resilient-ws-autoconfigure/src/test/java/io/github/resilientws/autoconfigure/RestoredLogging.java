package io.github.resilientws.autoconfigure;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.springframework.boot.logging.LoggingInitializationContext;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.logging.LoggingSystemProperty;
import org.springframework.core.env.StandardEnvironment;

/**
 * Undoes what the {@code logging.*} properties of an application do to its JVM: levels
 * and appenders stay as they are when the application ends, and system properties even
 * win over the properties of the next one.
 */
public final class RestoredLogging implements BeforeEachCallback, AfterEachCallback {

	private final Map<String, String> properties = new HashMap<>();

	@Override
	public void beforeEach(ExtensionContext context) {
		names().forEach((name) -> this.properties.put(name, System.getProperty(name)));
		// or an application that still runs in a cached context decides how we log
		LoggingSystem.get(getClass().getClassLoader()).cleanUp();
	}

	@Override
	public void afterEach(ExtensionContext context) {
		this.properties.forEach((name, value) -> {
			if (value != null) {
				System.setProperty(name, value);
			}
			else {
				System.clearProperty(name);
			}
		});
		LoggingSystem system = LoggingSystem.get(getClass().getClassLoader());
		system.cleanUp();
		system.beforeInitialize();
		system.initialize(new LoggingInitializationContext(new StandardEnvironment()), null, null);
		// the next application may configure logging again
		system.cleanUp();
	}

	private static Iterable<String> names() {
		return Arrays.stream(LoggingSystemProperty.values())
			.map(LoggingSystemProperty::getEnvironmentVariableName)
			.toList();
	}

}
