package io.github.resilientws.autoconfigure;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.NoSuchElementException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.Mockito;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.DeadLetters;
import io.github.resilientws.FakeBuilder;
import io.github.resilientws.FakeClient;
import io.github.resilientws.ResilientWebSocketClientCustomizer;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.autoconfigure.config.ClientConfiguration;
import io.github.resilientws.settings.StoreSettings;
import io.github.resilientws.store.OutboxStoreFactory;
import io.github.resilientws.store.StoreHeldException;
import io.github.resilientws.store.StoreUnavailableException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * What keeps the messages of a client, and the ones it gave up.
 */
@ExtendWith(OutputCaptureExtension.class)
class StoreBeansTests {

	private final ApplicationContextRunner runner = Contexts.fake()
		.withPropertyValues("resilient-ws.clients.chat.url=ws://a", "resilient-ws.clients.prices.url=ws://b",
				"resilient-ws.defaults.delivery.guarantee=at-least-once");

	@Test
	void withoutABeanTheConfiguredStoreIsTaken() {
		this.runner
			.withPropertyValues("resilient-ws.clients.chat.queue.store=file",
					"resilient-ws.clients.chat.queue.directory=outbox")
			.run((context) -> {
				assertThat(builder(context, "chat").components).doesNotContainKey(OutboxStoreFactory.class);
				assertThat(builder(context, "chat").settings.queue().store())
					.isEqualTo(StoreSettings.file(Path.of("outbox")));
				assertThat(builder(context, "prices").components).doesNotContainKey(OutboxStoreFactory.class);
			});
	}

	@Test
	void qualifiedFactoryServesItsClientAndAnotherServesAll() {
		this.runner.withUserConfiguration(Factories.class).run((context) -> {
			assertThat(context).hasNotFailed();
			Factories factories = context.getBean(Factories.class);
			assertThat(builder(context, "chat").components.get(OutboxStoreFactory.class)).isSameAs(factories.own);
			assertThat(builder(context, "prices").components.get(OutboxStoreFactory.class)).isSameAs(factories.shared);
		});
	}

	@Test
	void clientWhoseMemoryIsConfiguredHasNoFactory() {
		this.runner.withUserConfiguration(Factories.class)
			.withPropertyValues("resilient-ws.clients.chat.queue.store=memory")
			.run((context) -> {
				assertThat(builder(context, "chat").components).doesNotContainKey(OutboxStoreFactory.class);
				assertThat(builder(context, "prices").components).containsKey(OutboxStoreFactory.class);
			});
	}

	@Test
	void beanWinsOverFileWhichThenNeedsNoDirectory(CapturedOutput output) {
		this.runner.withUserConfiguration(Factories.class)
			.withPropertyValues("resilient-ws.clients.chat.queue.store=file")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(builder(context, "chat").components).containsKey(OutboxStoreFactory.class);
				assertThat(builder(context, "chat").settings.queue().store()).isEqualTo(StoreSettings.MEMORY);
				assertThat(output).contains("[chat] Messages are stored by a bean of type")
					.contains("which overrides queue.store file")
					.doesNotContain("[prices] Messages");
			});
	}

	@Test
	void fileWithoutAcknowledgementsIsRefusedWithABeanToo() {
		this.runner.withUserConfiguration(Factories.class)
			.withPropertyValues("resilient-ws.clients.chat.queue.store=file",
					"resilient-ws.clients.chat.delivery.guarantee=at-most-once")
			.run((context) -> assertThat(Failures.analyze(context.getStartupFailure()).getDescription())
				.contains("'resilient-ws.clients.chat.queue.store' is not valid")
				.contains("needs delivery.guarantee at-least-once"));
	}

	@Test
	void configurationInForceShowsTheBean() {
		this.runner.withUserConfiguration(Factories.class)
			.withPropertyValues("resilient-ws.clients.chat.queue.store=memory")
			.run((context) -> {
				ClientConfigurations configurations = context.getBean(ClientConfigurations.class);
				ResilientWebSocketClients clients = context.getBean(ResilientWebSocketClients.class);
				assertThat(configurations.find(clients.get("prices")).store())
					.isEqualTo(ClientConfiguration.Store.BEAN);
				assertThat(configurations.find(clients.get("chat")).store())
					.isEqualTo(ClientConfiguration.Store.MEMORY);
			});
	}

	@Test
	void qualifierThatNamesNoClientIsRefused() {
		Contexts.fake()
			.withPropertyValues("resilient-ws.clients.prices.url=ws://b")
			.withUserConfiguration(Factories.class)
			.run((context) -> assertThat(Failures.analyze(context.getStartupFailure()).getDescription())
				.contains("OutboxStoreFactory bean 'own'")
				.contains("\"chat\""));
	}

	@ParameterizedTest
	@ValueSource(strings = { "chat", "prices" })
	void storeThatIsHeldOrUnreadableIsNamedWithItsProperty(String name) {
		FailureAnalysis analysis = analyze(
				new StoreUnavailableException(name,
						new StoreHeldException(Path.of("/data/outbox", name), "process 4711")),
				"resilient-ws.defaults.queue.store=file", "resilient-ws.defaults.queue.directory=/data/outbox");
		assertThat(analysis.getDescription()).isEqualTo("""
				The setting 'resilient-ws.defaults.queue.directory' is not valid:

				    Value:  /data/outbox
				    Origin: "resilient-ws.defaults.queue.directory" from property source "test"
				    Reason: Store /data/outbox/%s is held by process 4711""".formatted(name));
		assertThat(analysis.getAction()).contains("Stop the application that holds the file");
		assertThat(analysis.getCause()).hasRootCauseInstanceOf(IOException.class);
	}

	@Test
	void storeOfABeanIsNotAskedOfAProperty() {
		FailureAnalysis analysis = analyze(new StoreUnavailableException("chat", new IOException("table is locked")));
		assertThat(analysis.getDescription())
			.isEqualTo("No store is available: the store of the client 'chat' is not available: table is locked.");
		assertThat(analysis.getAction()).isNotBlank();
	}

	@Test
	void deadLettersOfEachClientAreReached() {
		this.runner.run((context) -> {
			DeadLetters letters = context.getBean(DeadLetters.class);
			client(context, "chat").letters().add("m1").add("m2");
			assertThat(letters.list("chat")).extracting(DeadLetter::id).containsExactly("m1", "m2");
			assertThat(letters.list("prices")).isEmpty();
			assertThat(letters.resubmit("chat", "m1")).isNotDone();
			assertThat(letters.discard("chat", "m1")).isFalse();
			assertThat(letters.discard("chat", "m2")).isTrue();
			assertThat(letters.list("chat")).isEmpty();
			assertThat(letters.resubmit("prices", "m1")).failsWithin(Duration.ofSeconds(5))
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(NoSuchElementException.class);
			assertThatIllegalArgumentException().isThrownBy(() -> letters.list("unknown"))
				.withMessageContaining("[chat, prices]");
		});
	}

	@Test
	void deadLettersOfTheUserWin() {
		this.runner.withBean("own", DeadLetters.class, () -> Mockito.mock(DeadLetters.class))
			.run((context) -> assertThat(context).getBeanNames(DeadLetters.class).containsExactly("own"));
	}

	private FailureAnalysis analyze(RuntimeException failure, String... properties) {
		FailureAnalysis[] result = new FailureAnalysis[1];
		ResilientWebSocketClientCustomizer failing = (name, builder) -> {
			if (failure.getMessage().contains("'" + name + "'")) {
				throw failure;
			}
		};
		this.runner.withPropertyValues(properties)
			.withBean(ResilientWebSocketClientCustomizer.class, () -> failing)
			.run((context) -> {
				assertThat(context).hasFailed();
				result[0] = Failures.analyze(context.getStartupFailure());
			});
		return result[0];
	}

	private static FakeClient client(AssertableApplicationContext context, String name) {
		return (FakeClient) context.getBean(ResilientWebSocketClients.class).get(name);
	}

	private static FakeBuilder builder(AssertableApplicationContext context, String name) {
		return client(context, name).builder;
	}

	@Configuration(proxyBeanMethods = false)
	static class Factories {

		final OutboxStoreFactory own = (client) -> {
			throw new IOException("own");
		};

		final OutboxStoreFactory shared = (client) -> {
			throw new IOException("shared");
		};

		@Bean
		@WebSocketClientName("chat")
		OutboxStoreFactory own() {
			return this.own;
		}

		@Bean
		OutboxStoreFactory shared() {
			return this.shared;
		}

	}

}
