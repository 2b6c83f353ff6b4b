package io.github.resilientws.autoconfigure.config;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Cluster;

/**
 * The group of instances that share the lines of their clients.
 *
 * @since 0.1
 */
public final class ClusterGroup {

	private static final String NAME = "resilient-ws.cluster.group";

	private static final int MAX_LENGTH = 100;

	private static final Duration SHORTEST = Duration.ofSeconds(1);

	private final @Nullable String name;

	private final Duration lease;

	private final PropertyLocator locator;

	/**
	 * Create a group.
	 * @param properties its properties
	 * @param environment environment with the name of the application
	 * @throws InvalidConfigurationException if a property is not allowed
	 */
	public ClusterGroup(Cluster properties, Environment environment) {
		this.locator = new PropertyLocator(environment);
		this.name = name(properties, environment);
		this.lease = properties.lease();
		if (this.lease.compareTo(SHORTEST) < 0) {
			throw this.locator.refuse("resilient-ws.cluster.lease", this.lease.toMillis() + "ms",
					"is too short; allowed is at least 1s");
		}
	}

	private @Nullable String name(Cluster properties, Environment environment) {
		String given = properties.group();
		if (given != null && (given.isBlank() || given.length() > MAX_LENGTH)) {
			throw this.locator.refuse(NAME, FailureText.printable(given),
					"must have 1 to " + MAX_LENGTH + " characters");
		}
		String application = environment.getProperty("spring.application.name");
		return (given != null) ? given : StringUtils.hasText(application) ? application : null;
	}

	/**
	 * Return the name of the group.
	 * @return the name
	 * @throws InvalidConfigurationException if neither the group nor the application has
	 * one
	 */
	public String getName() {
		if (this.name == null) {
			throw this.locator.refuse(NAME, "",
					"is missing; a client with cluster.mode one and election jdbc needs it, unless"
							+ " spring.application.name is set");
		}
		if (this.name.length() > MAX_LENGTH) {
			throw this.locator.refuse(NAME, "",
					"is missing, and spring.application.name has more than " + MAX_LENGTH + " characters");
		}
		return this.name;
	}

	/**
	 * Return the lease of the owner of a line.
	 * @return time without a sign of life after which the owner is dead
	 */
	public Duration getLease() {
		return this.lease;
	}

}
