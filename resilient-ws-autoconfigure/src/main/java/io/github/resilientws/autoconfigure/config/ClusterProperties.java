package io.github.resilientws.autoconfigure.config;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.ClusterSettings;

/**
 * Which of several instances of the application connects a client.
 *
 * @param mode Which instances connect: each of them, or one at a time.
 * @param election How the one instance is elected: jdbc, by leases in a database, or
 * events, by the leader events of Spring Integration.
 * @param role Role in the leader events; the name of the client if absent.
 */
public record ClusterProperties(ClusterSettings.@Nullable Mode mode, @Nullable String election, @Nullable String role) {

}
