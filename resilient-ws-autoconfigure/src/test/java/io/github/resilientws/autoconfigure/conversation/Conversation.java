package io.github.resilientws.autoconfigure.conversation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.AfterEach;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClientCustomizer;
import io.github.resilientws.autoconfigure.Contexts;
import io.github.resilientws.test.ScriptedConnection;
import io.github.resilientws.test.ScriptedTransport;
import io.github.resilientws.transport.WebSocketTransport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client, configured by a file of the documentation, that talks to a scripted server in
 * virtual time. Delays are a quarter of their interval.
 */
abstract class Conversation {

	private ConfigurableApplicationContext context;

	private ScriptedTransport transport;

	private ScriptedConnection connection;

	private int read;

	/**
	 * The only client of the file.
	 */
	ResilientWebSocketClient client;

	@AfterEach
	void closeContext() {
		if (this.context != null) {
			this.context.close();
		}
	}

	/**
	 * Start the application. The client is not connected.
	 * @param file name of a file in {@code docs/protocols}
	 * @param sources further configuration, such as listeners
	 */
	final void startFile(String file, Class<?>... sources) {
		try {
			start(Files.readString(Path.of("../docs/protocols").resolve(file)), sources);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start the application. The client is not connected.
	 * @param yaml text of the configuration
	 * @param sources further configuration, such as listeners
	 */
	final void start(String yaml, Class<?>... sources) {
		this.context = Contexts.application(WebApplicationType.NONE, yaml, sources)
			.sources(VirtualTime.class)
			.run("--resilient-ws.defaults.auto-startup=false");
		this.transport = this.context.getBean(ScriptedTransport.class);
		this.client = this.context.getBean(ResilientWebSocketClient.class);
	}

	final <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Return the server's end of the latest connection.
	 * @return the connection
	 */
	final ScriptedConnection server() {
		return this.transport.lastConnection();
	}

	/**
	 * Assert what the client has sent since the last call on this connection.
	 * @param texts exactly these texts in this order
	 */
	final void assertSent(String... texts) {
		List<String> sent = server().sentTexts();
		if (this.connection != server()) {
			this.connection = server();
			this.read = 0;
		}
		List<String> unread = List.copyOf(sent.subList(this.read, sent.size()));
		this.read = sent.size();
		assertThat(unread).containsExactly(texts);
	}

	final void advance(Duration duration) {
		this.transport.executor().advance(duration);
	}

	@Configuration(proxyBeanMethods = false)
	static class VirtualTime {

		@Bean
		WebSocketTransport transport() {
			return new ScriptedTransport();
		}

		@Bean
		ResilientWebSocketClientCustomizer random() {
			// a quarter of each interval
			return (name, builder) -> builder.component(RandomGenerator.class, () -> 1L << 62);
		}

	}

}
