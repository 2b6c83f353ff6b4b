package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.ContextRefreshedEvent;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.FakeClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When clients connect and disconnect.
 */
class LifecycleTests {

	private final ApplicationContextRunner runner = Contexts.fake()
		.withPropertyValues("resilient-ws.clients.chat.url=ws://a", "resilient-ws.clients.manual.url=ws://b",
				"resilient-ws.clients.manual.auto-startup=false");

	@Test
	void refreshConnectsWhatStartsAutomatically() {
		this.runner.run((context) -> {
			assertThat(client(context, "chat").calls).containsExactly("connect");
			assertThat(client(context, "manual").calls).isEmpty();
		});
	}

	@Test
	void lazyInitializationConnectsToo() {
		this.runner
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> assertThat(client(context, "chat").calls).containsExactly("connect"));
	}

	@Test
	void restartConnectsWhatWasRunningOnly() {
		this.runner.run((context) -> {
			client(context, "manual").connect();
			ConfigurableApplicationContext source = context.getSourceApplicationContext();
			source.pause();
			assertThat(client(context, "chat").getState()).isEqualTo(ConnectionState.CLOSED);
			source.restart();
			assertThat(client(context, "chat").calls).containsExactly("connect", "disconnect", "connect");
			assertThat(client(context, "manual").calls).containsExactly("connect", "disconnect", "connect");
			client(context, "chat").disconnect();
			source.stop();
			source.start();
			assertThat(client(context, "chat").getState()).isEqualTo(ConnectionState.CLOSED);
			assertThat(client(context, "manual").getState()).isEqualTo(ConnectionState.READY);
		});
	}

	@Test
	void eventOfAnotherContextConnectsNothing() {
		this.runner.run((context) -> {
			FakeClient chat = client(context, "chat");
			ResilientWebSocketLifecycle lifecycle = context.getBean(ResilientWebSocketLifecycle.class);
			lifecycle.stop();
			lifecycle.start();
			try (AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext()) {
				child.setParent(context.getSourceApplicationContext());
				child.refresh();
				assertThat(chat.calls).containsExactly("connect", "disconnect");
			}
			lifecycle.onApplicationEvent(new ContextRefreshedEvent(context.getSourceApplicationContext()));
			assertThat(chat.calls).containsExactly("connect", "disconnect", "connect");
		});
	}

	@Test
	void stopCallsBackOnceWhenAllClientsAreClosed() {
		this.runner.run((context) -> {
			CompletableFuture<Void> end = new CompletableFuture<>();
			client(context, "chat").disconnected = end;
			AtomicInteger calls = new AtomicInteger();
			ResilientWebSocketLifecycle lifecycle = context.getBean(ResilientWebSocketLifecycle.class);
			lifecycle.stop(calls::incrementAndGet);
			assertThat(client(context, "manual").calls).containsExactly("disconnect");
			assertThat(calls).hasValue(0);
			end.complete(null);
			assertThat(calls).hasValue(1);
			assertThat(lifecycle.isRunning()).isFalse();
		});
	}

	@Test
	void closeEndsThoughAClientDoesNot() {
		this.runner
			.withPropertyValues("resilient-ws.defaults.shutdown-timeout=100ms",
					"resilient-ws.defaults.close-timeout=100ms")
			.run((context) -> {
				client(context, "chat").disconnected = new CompletableFuture<>();
				CompletableFuture<Void> closed = CompletableFuture
					.runAsync(context.getSourceApplicationContext()::close);
				assertThat(closed).succeedsWithin(Duration.ofSeconds(3));
			});
	}

	@Test
	void phaseIsBelowTheGracefulStopOfTheWebServer() {
		this.runner.run((context) -> assertThat(context.getBean(ResilientWebSocketLifecycle.class).getPhase())
			.isEqualTo(Integer.MAX_VALUE - 3072));
	}

	private static FakeClient client(ApplicationContext context, String name) {
		return (FakeClient) context.getBean(name + "WebSocketClient");
	}

}
