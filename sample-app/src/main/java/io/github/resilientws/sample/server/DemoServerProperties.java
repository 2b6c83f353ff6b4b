package io.github.resilientws.sample.server;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the demo server.
 *
 * @param enabled whether this application runs the server
 * @param port loopback port to listen on
 * @param kickAfter silence after which a connection is closed
 * @param alertInterval time between two alerts
 * @param tokenKey key that signs the tokens of the log-in
 */
@ConfigurationProperties("sample.server")
public record DemoServerProperties(@DefaultValue("true") boolean enabled, @DefaultValue("9091") int port,
		@DefaultValue("60s") Duration kickAfter, @DefaultValue("2s") Duration alertInterval,
		@DefaultValue("demo") String tokenKey) {

}
