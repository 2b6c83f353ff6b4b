package io.github.resilientws.autoconfigure.conversation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.AfterEach;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClientCustomizer;
import io.github.resilientws.WebSocketReplyException;
import io.github.resilientws.autoconfigure.Contexts;
import io.github.resilientws.test.ScriptedConnection;
import io.github.resilientws.test.ScriptedTransport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

/**
 * A client, configured by a file of the documentation, that talks to a scripted server in
 * virtual time, which begins at 2026-01-01. Delays are a quarter of their interval.
 */
abstract class Conversation {

	static final Path DIRECTORY = Path.of("../docs/protocols");

	static final Duration LIMIT = Duration.ofSeconds(10);

	private ConfigurableApplicationContext context;

	private ScriptedTransport transport;

	private ScriptedConnection connection;

	private int read;

	private final List<String> arguments = new ArrayList<>(List.of("--resilient-ws.defaults.auto-startup=false"));

	/**
	 * What the listeners of a test have received.
	 */
	final List<Object> received = new CopyOnWriteArrayList<>();

	/**
	 * The only client of the file.
	 */
	ResilientWebSocketClient client;

	@AfterEach
	void closeContext() {
		if (this.context != null) {
			// so that the end waits for nothing
			this.transport.connections().forEach((connection) -> connection.lose(1006));
			this.context.close();
		}
	}

	/**
	 * Set a property before the application starts.
	 * @param name name of the property, or of a placeholder of the file
	 * @param value its value
	 */
	final void property(String name, String value) {
		this.arguments.add("--" + name + "=" + value);
	}

	/**
	 * Start the application with an example of a page. The client is not connected.
	 * @param page name of a page in {@code docs/protocols}
	 * @param part a text in the YAML, which is the first one with it
	 * @param sources further configuration, such as listeners
	 */
	final void startPage(String page, String part, Class<?>... sources) {
		start(blocks(page, "yaml").stream()
			.filter((yaml) -> yaml.contains(part))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(page + " has no YAML with " + part)), sources);
	}

	/**
	 * Return the examples of a page.
	 * @param page name of a page in {@code docs/protocols}
	 * @param language language of the examples
	 * @return their texts, in order
	 */
	static List<String> blocks(String page, String language) {
		return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
			.matcher(read(page))
			.results()
			.map((block) -> block.group(1))
			.toList();
	}

	/**
	 * Start the application. The client is not connected.
	 * @param file name of a file in {@code docs/protocols}
	 * @param sources further configuration, such as listeners
	 */
	final void startFile(String file, Class<?>... sources) {
		start(read(file), sources);
	}

	private static String read(String file) {
		try {
			return Files.readString(DIRECTORY.resolve(file));
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
			.run(this.arguments.toArray(String[]::new));
		this.transport = this.context.getBean(ScriptedTransport.class);
		this.client = this.context.getBean(ResilientWebSocketClient.class);
	}

	final <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Return the server's end of the latest connection. A customizer prepares it on
	 * another thread.
	 * @return the connection
	 */
	final ScriptedConnection server() {
		eventually(() -> assertThat(this.client.getState()).isNotEqualTo(ConnectionState.CONNECTING));
		return this.transport.lastConnection();
	}

	/**
	 * Assert what the client has sent since the last call on this connection, or sends
	 * soon: answers of listeners come from other threads.
	 * @param texts exactly these texts in this order
	 */
	final void assertSent(String... texts) {
		assertThat(nextSent(texts.length)).containsExactly(texts);
	}

	/**
	 * Return what the client has sent since the last call on this connection.
	 * @param count number of texts to wait for
	 * @return the texts
	 */
	final List<String> nextSent(int count) {
		if (this.connection != server()) {
			this.connection = server();
			this.read = 0;
		}
		eventually(() -> assertThat(this.connection.sentTexts()).hasSizeGreaterThanOrEqualTo(this.read + count));
		List<String> sent = this.connection.sentTexts();
		List<String> unread = sent.subList(this.read, sent.size());
		this.read = sent.size();
		return unread;
	}

	/**
	 * Assert what listeners of the test have added to {@link #received}.
	 * @param messages exactly these in this order
	 */
	final void assertReceived(Object... messages) {
		eventually(() -> assertThat(this.received).containsExactly(messages));
	}

	/**
	 * Wait for an assertion that other threads make true.
	 * @param assertion the assertion
	 */
	static void eventually(ThrowingRunnable assertion) {
		await().atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).untilAsserted(assertion);
	}

	/**
	 * Wait until the server's refusal has arrived.
	 * @param future future of a request or a subscription
	 * @return the refusal
	 */
	static WebSocketReplyException refusal(CompletableFuture<?> future) {
		eventually(() -> assertThat(future).isCompletedExceptionally());
		return catchThrowableOfType(WebSocketReplyException.class, () -> {
			try {
				future.join();
			}
			catch (CompletionException ex) {
				throw ex.getCause();
			}
		});
	}

	final void advance(Duration duration) {
		this.transport.executor().advance(duration);
	}

	@Configuration(proxyBeanMethods = false)
	static class VirtualTime {

		@Bean
		ScriptedTransport transport() {
			return new ScriptedTransport();
		}

		@Bean
		ResilientWebSocketClientCustomizer timeAndRandom(ScriptedTransport transport) {
			// a quarter of each interval
			return (name, builder) -> builder.component(RandomGenerator.class, () -> 1L << 62)
				.component(InstantSource.class, transport.executor().clock());
		}

	}

}
