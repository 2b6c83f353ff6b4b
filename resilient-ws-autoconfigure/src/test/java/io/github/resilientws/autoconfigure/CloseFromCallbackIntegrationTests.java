package io.github.resilientws.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.event.WebSocketClosedEvent;
import io.github.resilientws.event.WebSocketDisconnectedEvent;
import io.github.resilientws.event.WebSocketReadyEvent;
import io.github.resilientws.test.ReceivedMessage.Kind;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that one of its callbacks ends does not wait for that callback. The
 * tests that start a process are run by {@code .ci/run}.
 */
class CloseFromCallbackIntegrationTests {

	private static final Duration LIMIT = Duration.ofSeconds(30);

	// a JVM starts slowly on a busy machine
	private static final Duration PROCESS_LIMIT = Duration.ofSeconds(60);

	private static final String YAML = "resilient-ws: { clients: { chat: { url: '%s' }, other: { url: '%1$s' } } }";

	@TempDir
	private Path directory;

	// clients that other tests made by hand share threads that stay
	private final Set<Thread> threadsBefore = Thread.getAllStackTraces().keySet();

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@AfterEach
	void closeServerAndFindNoThread() {
		this.server.close();
		Awaitility.await()
			.atMost(LIMIT)
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
				.filteredOn((thread) -> !this.threadsBefore.contains(thread))
				.noneMatch((thread) -> thread.getName().startsWith("resilient-ws")));
	}

	@ParameterizedTest
	@EnumSource
	void applicationEndsWithinASecond(Callback callback) {
		endsWithinASecond(callback, YAML);
	}

	@ParameterizedTest
	@EnumSource
	void applicationEndsWithinASecondOnVirtualThreads(Callback callback) {
		Assumptions.assumeTrue(Runtime.version().feature() >= 21);
		endsWithinASecond(callback, YAML, "--spring.threads.virtual.enabled=true");
	}

	@ParameterizedTest
	@EnumSource
	void applicationWithTheSpringTransportEndsWithinASecond(Callback callback) {
		// Tomcat does not report a reset that meets our close frame
		endsWithinASecond(callback, YAML, "--resilient-ws.defaults.transport=spring",
				"--resilient-ws.defaults.close-timeout=500ms");
	}

	@ParameterizedTest
	@EnumSource
	void applicationWithAFileStoreEndsWithinASecond(Callback callback) {
		this.server.answerAcks();
		String yaml = """
				resilient-ws:
				  defaults:
				    delivery: { guarantee: at-least-once }
				    queue: { store: file, directory: '%s' }
				  clients: { chat: { url: '%%s' }, other: { url: '%%1$s' } }
				""".formatted(this.directory);
		endsWithinASecond(callback, yaml);
		// the stores were released
		Contexts.run(WebApplicationType.NONE, yaml.formatted(this.server.url())).close();
	}

	@Test
	void listenerThatClosesTheContextIsNotInterrupted() {
		ConfigurableApplicationContext context = run(YAML, Callback.LISTENER);
		Closer closer = context.getBean(Closer.class);
		awaitReady(context);
		closer.armed.set(true);
		this.server.all().push("end");
		assertThat(closer.length).succeedsWithin(LIMIT);
		assertThat(closer.interrupted).isFalse();
	}

	@Test
	void messagesThatTheListenerDidNotTakeDoNotHoldUpTheEnd() {
		ConfigurableApplicationContext context = run(YAML, Callback.LISTENER,
				"--resilient-ws.defaults.inbound.buffer-messages=4");
		Closer closer = context.getBean(Closer.class);
		awaitReady(context);
		closer.armed.set(true);
		for (int i = 0; i < 1000; i++) {
			this.server.all().push("message " + i);
		}
		assertThat(closer.length).succeedsWithin(LIMIT)
			.satisfies((length) -> assertThat(length).isLessThan(Closer.PROMPT));
		assertThat(this.server.seen().closes()).containsExactly(1000, 1000);
	}

	@Tag("process")
	@Test
	void exitOfTheProcessInACallbackDoesNotWaitForThatCallback() throws Exception {
		Process process = exiting(ExitingApplication.Callback.EVENT_LISTENER_WITHOUT_CONTEXT);
		try {
			this.server.seen().awaitReceived(Kind.TEXT, 1, LIMIT);
			long begin = System.nanoTime();
			assertThat(process.waitFor(PROCESS_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(3));
			assertThat(process.exitValue()).isEqualTo(ExitingApplication.CODE);
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Tag("process")
	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EVENT_LISTENER_WITHOUT_CONTEXT")
	void processEndsWithTheCodeOfTheCallbackThatClosedTheContext(ExitingApplication.Callback callback)
			throws Exception {
		endsWithTheCodeOf(callback);
	}

	@Tag("process")
	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "EVENT_LISTENER_WITHOUT_CONTEXT")
	void processEndsWithTheCodeOfTheCallbackOnAVirtualThread(ExitingApplication.Callback callback) throws Exception {
		Assumptions.assumeTrue(Runtime.version().feature() >= 21);
		endsWithTheCodeOf(callback, "--spring.threads.virtual.enabled=true");
	}

	private void endsWithTheCodeOf(ExitingApplication.Callback callback, String... arguments) throws Exception {
		this.server.echo();
		if (callback == ExitingApplication.Callback.RECONNECT_FAILED) {
			this.server.refuse(401);
		}
		Process process = exiting(callback, arguments);
		try {
			assertThat(process.waitFor(PROCESS_LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isEqualTo(ExitingApplication.CODE);
		}
		finally {
			process.destroyForcibly();
		}
	}

	private Process exiting(ExitingApplication.Callback callback, String... arguments) throws IOException {
		List<String> command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "-cp",
				System.getProperty("java.class.path"), ExitingApplication.class.getName(), callback.name(),
				this.server.url().toString()));
		command.addAll(List.of(arguments));
		return new ProcessBuilder(command).redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.redirectError(ProcessBuilder.Redirect.DISCARD)
			.start();
	}

	@Test
	void listenerThatClosesWhileTheContextClosesDoesNotHoldUpTheEnd() {
		for (Callback callback : Set.of(Callback.DISCONNECTED, Callback.CLOSED)) {
			ConfigurableApplicationContext context = run(YAML, callback);
			Closer closer = context.getBean(Closer.class);
			closer.armed.set(true);
			awaitReady(context);
			long begin = System.nanoTime();
			context.close();
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(callback.name()).isLessThan(Closer.PROMPT);
			assertThat(closer.length).succeedsWithin(LIMIT);
		}
	}

	private void endsWithinASecond(Callback callback, String yaml, String... arguments) {
		ConfigurableApplicationContext context = run(yaml, callback, arguments);
		Closer closer = context.getBean(Closer.class);
		awaitReady(context);
		closer.armed.set(true);
		ResilientWebSocketClient chat = context.getBean("chatWebSocketClient", ResilientWebSocketClient.class);
		switch (callback) {
			case LISTENER -> this.server.all().push("end");
			case READY, CUSTOMIZER -> chat.reconnect();
			case DISCONNECTED -> this.server.all().reset();
			case CLOSED -> chat.disconnect();
			case DELIVERY -> chat.send("x").thenRun(closer::close);
			case OPERATION -> chat.reconnect().thenRun(closer::close);
		}
		assertThat(closer.length).succeedsWithin(LIMIT)
			.satisfies((length) -> assertThat(length).isLessThan(Closer.PROMPT));
		assertThat(chat.getState()).isEqualTo(ConnectionState.CLOSED);
		assertThat(context.isActive()).isFalse();
	}

	private ConfigurableApplicationContext run(String yaml, Callback callback, String... arguments) {
		return Contexts.application(WebApplicationType.NONE, yaml.formatted(this.server.url()), Closer.class)
			.initializers((context) -> context.getBeanFactory().registerSingleton("callback", callback))
			.run(arguments);
	}

	private static void awaitReady(ApplicationContext context) {
		context.getBeansOfType(ResilientWebSocketClient.class)
			.values()
			.forEach((client) -> Awaitility.await().atMost(LIMIT).until(client::isReady));
	}

	enum Callback {

		LISTENER, READY, CUSTOMIZER, DISCONNECTED, CLOSED, DELIVERY, OPERATION

	}

	@Configuration(proxyBeanMethods = false)
	static class Closer {

		// a second, and what a busy machine may take in addition
		static final Duration PROMPT = Duration.ofSeconds(1).plusSeconds(2);

		final CompletableFuture<Duration> length = new CompletableFuture<>();

		final AtomicBoolean armed = new AtomicBoolean();

		volatile boolean interrupted;

		private final ApplicationContext context;

		private final Callback callback;

		Closer(ApplicationContext context, Callback callback) {
			this.context = context;
			this.callback = callback;
		}

		@Bean
		HandshakeCustomizer customizer() {
			return (handshake) -> closeIn(Callback.CUSTOMIZER);
		}

		@WebSocketListener(client = "chat")
		void on(String text) {
			closeIn(Callback.LISTENER);
		}

		@EventListener
		void on(WebSocketReadyEvent event) {
			closeIn(Callback.READY);
		}

		@EventListener
		void on(WebSocketDisconnectedEvent event) {
			closeIn(Callback.DISCONNECTED);
		}

		@EventListener
		void on(WebSocketClosedEvent event) {
			closeIn(Callback.CLOSED);
		}

		private void closeIn(Callback here) {
			if (here == this.callback) {
				close();
			}
		}

		void close() {
			if (this.armed.compareAndSet(true, false)) {
				long begin = System.nanoTime();
				SpringApplication.exit(this.context);
				this.interrupted = Thread.currentThread().isInterrupted();
				this.length.complete(Duration.ofNanos(System.nanoTime() - begin));
			}
		}

	}

}
