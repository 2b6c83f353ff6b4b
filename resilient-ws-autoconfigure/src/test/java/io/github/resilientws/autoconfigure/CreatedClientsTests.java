package io.github.resilientws.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.resilientws.FakeClient;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClientCustomizer;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.listener.InvalidListenerException;
import io.github.resilientws.settings.InvalidSettingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Clients that are made and removed at run time.
 */
class CreatedClientsTests {

	private static final Consumer<ResilientWebSocketClient.Builder> SETTINGS = (builder) -> builder
		.urls(List.of(URI.create("ws://tenant")));

	private final ApplicationContextRunner runner = Contexts.fake()
		.withPropertyValues("resilient-ws.clients.chat.url=ws://a");

	@Test
	void defaultsComeFirstThenSharedBeansThenItsOwnSettings() {
		this.runner.withUserConfiguration(Shared.class)
			.withPropertyValues("resilient-ws.defaults.connect-timeout=7s", "resilient-ws.defaults.close-timeout=3s",
					"resilient-ws.clients.chat.shutdown-timeout=1s")
			.run((context) -> {
				FakeClient client = create(context, "tenant-1",
						(builder) -> SETTINGS.accept(builder.closeTimeout(Duration.ofSeconds(2))));
				Shared beans = context.getBean(Shared.class);
				assertThat(client.builder.settings.connectTimeout()).hasSeconds(7);
				assertThat(client.builder.settings.closeTimeout()).hasSeconds(2);
				assertThat(client.builder.settings.shutdownTimeout()).hasSeconds(10);
				assertThat(client.builder.settings.urls()).containsExactly(URI.create("ws://tenant"));
				assertThat(client.builder.settings.origin()).isEqualTo("https://tenant-1");
				assertThat(client.builder.customizers).containsExactly(beans.shared);
				assertThat(client.builder.observers).hasSize(1);
			});
	}

	@Test
	void connectionDetailsPointItElsewhere() {
		ResilientWebSocketConnectionDetails details = (name) -> name.equals("moved") ? URI.create("ws://elsewhere")
				: null;
		this.runner.withBean(ResilientWebSocketConnectionDetails.class, () -> details).run((context) -> {
			assertThat(create(context, "moved").builder.settings.urls()).containsExactly(URI.create("ws://elsewhere"));
			assertThat(create(context, "other").builder.settings.urls()).containsExactly(URI.create("ws://tenant"));
		});
	}

	@Test
	void listenersThatServeAllServeIt() {
		this.runner.withUserConfiguration(Listeners.class)
			.withPropertyValues("resilient-ws.defaults.publish-messages=always")
			.run((context) -> {
				Listeners beans = context.getBean(Listeners.class);
				assertThat(create(context, "tenant-1").listeners).hasSize(3)
					.contains(beans.shared)
					.doesNotContain(beans.ofChat);
				assertThat(client(context, "chat").listeners).hasSize(4);
			});
	}

	@Test
	void createdClientIsFoundAfterTheBeans() {
		this.runner.run((context) -> {
			FakeClient second = create(context, "b");
			FakeClient first = create(context, "a");
			ResilientWebSocketClients clients = clients(context);
			assertThat(clients.get("a")).isSameAs(first);
			assertThat(clients).containsExactly(client(context, "chat"), first, second);
			assertThatIllegalArgumentException().isThrownBy(() -> clients.get("c"))
				.withMessage("no client 'c' exists; the clients are: [chat, a, b]");
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "chat", "tenant-1", "by-hand" })
	void nameThatIsTakenIsRefused(String name) {
		this.runner.withBean("other", FakeClient.class, () -> new FakeClient("by-hand")).run((context) -> {
			create(context, "tenant-1");
			assertThatIllegalStateException().isThrownBy(() -> create(context, name))
				.withMessage("a client '" + name + "' already exists");
			assertThat(clients(context)).hasSize(3);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Tenant", "1a", "tenant_1", "a b", "a\nb" })
	void nameThatIsNotAllowedIsRefused(String name) {
		this.runner.run((context) -> {
			assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> create(context, name))
				.withMessage("name = '" + name.replace("\n", "\\u000a")
						+ "': a client name consists of a-z, 0-9 and '-' and starts with a letter");
			assertThat(clients(context)).hasSize(1);
		});
	}

	@Test
	void settingThatIsNotAllowedIsRefusedAndLeavesNothingBehind() {
		this.runner.run((context) -> {
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(() -> create(context, "tenant-1",
						(builder) -> SETTINGS.accept(builder.connectTimeout(Duration.ofMillis(5)))))
				.withMessageStartingWith("connect-timeout = '5ms': ");
			assertThat(clients(context)).hasSize(1);
			assertThat(create(context, "tenant-1").calls).containsExactly("connect");
		});
	}

	@Test
	void listenerThatCannotListenLeavesNothingBehind() {
		Contexts.fake().withBean(WrongMatcher.class).run((context) -> {
			assertThatExceptionOfType(InvalidListenerException.class).isThrownBy(() -> create(context, "tenant-1"))
				.withMessageContaining("WrongMatcher");
			assertThat(clients(context)).isEmpty();
		});
	}

	@Test
	void removedClientIsClosedAndForgotten() {
		this.runner.run((context) -> {
			FakeClient client = create(context, "tenant-1");
			CompletableFuture<Void> end = new CompletableFuture<>();
			client.disconnected = end;
			CompletableFuture<Void> removed = clients(context).remove("tenant-1");
			CompletableFuture<Void> again = clients(context).remove("tenant-1");
			assertThat(client.calls).startsWith("connect", "disconnect");
			assertThat(clients(context).get("tenant-1")).isSameAs(client);
			assertThatIllegalStateException().isThrownBy(() -> create(context, "tenant-1"));
			assertThat(removed).isNotDone();
			end.complete(null);
			assertThat(removed).isCompleted();
			assertThat(again).isCompleted();
			assertThat(clients(context)).hasSize(1);
			assertThat(create(context, "tenant-1")).isNotSameAs(client);
			assertThat(clients(context)).hasSize(2);
		});
	}

	@Test
	void removalEndsThoughTheClientDoesNot() {
		this.runner
			.withPropertyValues("resilient-ws.defaults.shutdown-timeout=100ms",
					"resilient-ws.defaults.close-timeout=100ms")
			.run((context) -> {
				create(context, "tenant-1").disconnected = new CompletableFuture<>();
				assertThat(clients(context).remove("tenant-1")).succeedsWithin(Duration.ofSeconds(3));
				assertThat(clients(context)).hasSize(1);
			});
	}

	@Test
	void onlyCreatedClientsAreRemoved() {
		this.runner.run((context) -> {
			create(context, "tenant-1");
			assertThatIllegalArgumentException().isThrownBy(() -> clients(context).remove("tenant-2"))
				.withMessage("no client 'tenant-2' exists; the clients are: [chat, tenant-1]");
			assertThatIllegalStateException().isThrownBy(() -> clients(context).remove("chat"))
				.withMessageContaining("the client 'chat' is a bean");
			assertThat(client(context, "chat").calls).containsExactly("connect");
		});
	}

	@Test
	void connectsAtOnceWhenTheContextRuns() {
		this.runner.run((context) -> assertThat(create(context, "tenant-1").calls).containsExactly("connect"));
	}

	@Test
	void connectsAtRefreshWhenCreatedBefore() {
		this.runner.withUserConfiguration(CreatingEarly.class).run((context) -> {
			assertThat(context.getBean(CreatingEarly.class).callsAtFirst).isEmpty();
			assertThat(client(context, "tenant-1").calls).containsExactly("connect");
			assertThat(client(context, "tenant-1").listeners).hasSize(1);
		});
	}

	@Test
	void connectsOnDemandWithoutAutoStartup() {
		this.runner.withPropertyValues("resilient-ws.defaults.auto-startup=false")
			.run((context) -> assertThat(create(context, "tenant-1").calls).isEmpty());
	}

	@Test
	void followsStopAndStartOfTheContext() {
		this.runner.run((context) -> {
			ConfigurableApplicationContext source = context.getSourceApplicationContext();
			FakeClient running = create(context, "running");
			FakeClient removed = create(context, "removed");
			source.pause();
			FakeClient late = create(context, "late");
			clients(context).remove("removed").join();
			assertThat(running.calls).containsExactly("connect", "disconnect");
			assertThat(late.calls).isEmpty();
			source.restart();
			assertThat(running.calls).containsExactly("connect", "disconnect", "connect");
			assertThat(removed.calls).containsOnlyOnce("connect");
			assertThat(late.calls).containsExactly("connect");
		});
	}

	@Test
	void manyThreadsCreateRemoveAndIterate() {
		this.runner.run((context) -> {
			ResilientWebSocketClients clients = clients(context);
			ExecutorService threads = Executors.newFixedThreadPool(4);
			try {
				List<Future<Integer>> results = new ArrayList<>();
				for (int i = 0; i < 4; i++) {
					results.add(threads.submit(() -> createAndRemove(clients)));
				}
				int created = 0;
				for (Future<Integer> result : results) {
					created += result.get(30, TimeUnit.SECONDS);
				}
				// each name has one client, and the thread that created it removed it
				assertThat(created).isGreaterThanOrEqualTo(200);
				assertThat(clients).hasSize(1);
			}
			finally {
				threads.shutdownNow();
			}
		});
	}

	private static int createAndRemove(ResilientWebSocketClients clients) {
		int created = 0;
		for (int i = 0; i < 200; i++) {
			try {
				ResilientWebSocketClient client = clients.create("tenant-" + i, SETTINGS);
				created++;
				assertThat(clients).contains(client);
				assertThat(clients.remove(client.getName())).isCompleted();
			}
			catch (IllegalStateException ex) {
				assertThat(ex).hasMessage("a client 'tenant-" + i + "' already exists");
			}
		}
		return created;
	}

	private static FakeClient create(ApplicationContext context, String name) {
		return create(context, name, SETTINGS);
	}

	private static FakeClient create(ApplicationContext context, String name,
			Consumer<ResilientWebSocketClient.Builder> settings) {
		return (FakeClient) clients(context).create(name, settings);
	}

	private static ResilientWebSocketClients clients(ApplicationContext context) {
		return context.getBean(ResilientWebSocketClients.class);
	}

	private static FakeClient client(ApplicationContext context, String name) {
		return (FakeClient) clients(context).get(name);
	}

	@Configuration(proxyBeanMethods = false)
	static class Shared {

		final HandshakeCustomizer shared = (handshake) -> handshake.setValue("a", "1");

		@Bean
		HandshakeCustomizer shared() {
			return this.shared;
		}

		@Bean
		@WebSocketClientName("chat")
		HandshakeCustomizer ofChat() {
			return (handshake) -> handshake.setValue("b", "2");
		}

		@Bean
		ResilientWebSocketClientCustomizer origins() {
			return (name, builder) -> builder.origin("https://" + name).closeTimeout(Duration.ofSeconds(9));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Listeners {

		final WebSocketMessageListener shared = (message) -> {
		};

		final WebSocketMessageListener ofChat = (message) -> {
		};

		@Bean
		WebSocketMessageListener shared() {
			return this.shared;
		}

		@Bean
		@WebSocketClientName("chat")
		WebSocketMessageListener ofChat() {
			return this.ofChat;
		}

		@WebSocketListener
		void all(String text) {
		}

		@WebSocketListener(client = "chat")
		void chat(String text) {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class CreatingEarly implements InitializingBean {

		private final ResilientWebSocketClients clients;

		private List<String> callsAtFirst;

		CreatingEarly(ResilientWebSocketClients clients) {
			this.clients = clients;
		}

		@Override
		public void afterPropertiesSet() {
			FakeClient client = (FakeClient) this.clients.create("tenant-1", SETTINGS);
			this.callsAtFirst = List.copyOf(client.calls);
		}

		@WebSocketListener(client = "tenant-1")
		void on(String text) {
		}

	}

	static class WrongMatcher {

		@WebSocketListener(when = "~(")
		void on(String text) {
		}

	}

}
