package io.github.resilientws.autoconfigure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.retry.RetryPolicy;
import org.springframework.retry.backoff.BackOffPolicy;
import org.springframework.retry.backoff.FixedBackOffPolicy;
import org.springframework.retry.backoff.SleepingBackOffPolicy;
import org.springframework.retry.policy.SimpleRetryPolicy;
import org.springframework.scheduling.TaskScheduler;

import io.github.resilientws.FakeBuilder;
import io.github.resilientws.FakeClient;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.InboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClientCustomizer;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties;
import io.github.resilientws.reconnect.ReconnectDecision;
import io.github.resilientws.reconnect.ReconnectPolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Which beans there are, and which of the user's beans take part.
 */
class BeansTests {

	private final ApplicationContextRunner runner = Contexts.fake()
		.withPropertyValues("resilient-ws.clients.chat.url=ws://a", "resilient-ws.clients.prices-eu.url=ws://b");

	@Test
	void clientsAreInjectedByNameQualifierAndMap() {
		this.runner.withUserConfiguration(Injected.class).run((context) -> {
			assertThat(context).hasNotFailed().hasBean("chatWebSocketClient").hasBean("pricesEuWebSocketClient");
			Injected injected = context.getBean(Injected.class);
			assertThat(injected.byName.getName()).isEqualTo("chat");
			assertThat(injected.byBean.getName()).isEqualTo("prices-eu");
			assertThat(injected.all).containsOnlyKeys("chatWebSocketClient", "pricesEuWebSocketClient");
		});
	}

	@Test
	void unknownClientIsReportedWithTheNames() {
		this.runner.run((context) -> assertThatIllegalArgumentException()
			.isThrownBy(() -> context.getBean(ResilientWebSocketClients.class).get("chatt"))
			.withMessage("no client 'chatt' exists; the clients are: [chat, prices-eu]"));
	}

	@Test
	void unknownClientAtAnInjectionPointStopsTheApplicationWithTheNames() {
		this.runner.withUserConfiguration(WronglyNamed.class).run((context) -> {
			FailureAnalysis analysis = Failures.analyze(context.getStartupFailure(),
					new MockEnvironment().withProperty("resilient-ws.clients.chat.url", "ws://a")
						.withProperty("resilient-ws.clients.prices-eu.url", "ws://b"));
			assertThat(analysis.getDescription()).isEqualTo("No WebSocket client is called 'chatt', which "
					+ WronglyNamed.class.getName() + " needs; configured are chat, prices-eu");
			assertThat(analysis.getAction())
				.isEqualTo("Correct the name in @WebSocketClientName, or configure 'resilient-ws.clients.chatt'.");
		});
	}

	@Test
	void disabledMeansNoBeanAndNothingBound() {
		this.runner.withPropertyValues("resilient-ws.enabled=false", "resilient-ws.nonsense=1").run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(ResilientWebSocketClient.class);
			assertThat(context).doesNotHaveBean(ResilientWebSocketProperties.class);
			assertThat(context).doesNotHaveBean(ResilientWebSocketClients.class);
		});
	}

	@Test
	void noExecutorAndNoSchedulerAndNoConverterIsAdded() {
		this.runner.withConfiguration(AutoConfigurations.of(JacksonAutoConfiguration.class)).run((context) -> {
			assertThat(context).doesNotHaveBean(Executor.class).doesNotHaveBean(TaskScheduler.class);
			assertThat(context).doesNotHaveBean(MessageConverter.class);
			assertThat(builder(context, "chat").converter).isNotNull();
		});
	}

	@Test
	void beanOfTheUserWins() {
		this.runner.withBean("chatWebSocketClient", FakeClient.class, () -> new FakeClient("chat")).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(((FakeClient) context.getBean("chatWebSocketClient")).builder.settings.urls()).isEmpty();
			assertThat(context.getBean(ResilientWebSocketClients.class)).hasSize(2);
		});
	}

	@Test
	void beanOfTheSameNameAndAnotherTypeIsRefused() {
		this.runner.withBean("chatWebSocketClient", String.class, () -> "other")
			.run((context) -> assertThat(Failures.analyze(context.getStartupFailure()).getDescription())
				.contains("The bean 'chatWebSocketClient' has the bean name of the client 'chat'")
				.contains("is of type java.lang.String"));
	}

	@Test
	void qualifiedBeansServeTheirClientAndOthersServeAll() {
		this.runner.withUserConfiguration(Collaborators.class).run((context) -> {
			assertThat(context).hasNotFailed();
			Collaborators beans = context.getBean(Collaborators.class);
			FakeBuilder chat = builder(context, "chat");
			FakeBuilder prices = builder(context, "prices-eu");
			assertThat(chat.customizers).containsExactly(beans.first, beans.second);
			assertThat(prices.customizers).containsExactly(beans.second);
			assertThat(chat.components.get(ReconnectPolicy.class)).isSameAs(beans.own);
			assertThat(prices.components.get(ReconnectPolicy.class)).isSameAs(beans.shared);
			assertThat(chat.components.get(SleepingBackOffPolicy.class)).isInstanceOf(FixedBackOffPolicy.class);
			assertThat(prices.components).doesNotContainKeys(SleepingBackOffPolicy.class, RetryPolicy.class);
			assertThat(chat.converter).isInstanceOf(StringMessageConverter.class);
			assertThat(prices.converter).isNull();
			assertThat(prices.settings.origin()).isEqualTo("https://prices-eu");
			assertThat(context.getBean(ResilientWebSocketClients.class).get("chat"))
				.extracting("listeners", InstanceOfAssertFactories.LIST)
				.hasSize(1);
		});
	}

	@Test
	void qualifierThatNamesNoClientIsRefused() {
		this.runner.withUserConfiguration(WrongName.class)
			.run((context) -> assertThat(Failures.analyze(context.getStartupFailure()).getDescription())
				.contains("HandshakeCustomizer bean 'misnamed'")
				.contains("\"chatt\"")
				.contains("configured are: chat, prices-eu"));
	}

	@Test
	void backOffPolicyThatBlocksIsRefused() {
		this.runner.withUserConfiguration(Blocking.class)
			.run((context) -> assertThat(Failures.analyze(context.getStartupFailure()).getDescription())
				.contains("The BackOffPolicy bean of the client 'chat'")
				.contains("can only wait by blocking a thread"));
	}

	@Test
	void twoPoliciesForOneClientAreRefused() {
		ReconnectPolicy policy = (outage, cause) -> new ReconnectDecision.Stop();
		this.runner.withBean("one", ReconnectPolicy.class, () -> policy)
			.withBean("two", ReconnectPolicy.class, () -> policy)
			.run((context) -> assertThat(Failures.analyze(context.getStartupFailure()).getDescription())
				.contains("There are 2 ReconnectPolicy beans without @WebSocketClientName")
				.contains("one, two"));
	}

	@Test
	void listenerMayHaveItsClientInjected() {
		this.runner.withBean(SelfReferring.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(((FakeClient) context.getBean("chatWebSocketClient")).listeners)
				.containsExactly(context.getBean(SelfReferring.class));
		});
	}

	private static FakeBuilder builder(ApplicationContext context, String name) {
		return ((FakeClient) context.getBean(ResilientWebSocketClients.class).get(name)).builder;
	}

	@Configuration(proxyBeanMethods = false)
	static class Injected {

		final ResilientWebSocketClient byName;

		final ResilientWebSocketClient byBean;

		final Map<String, ResilientWebSocketClient> all;

		Injected(@WebSocketClientName("chat") ResilientWebSocketClient byName,
				@Qualifier("pricesEuWebSocketClient") ResilientWebSocketClient byBean,
				Map<String, ResilientWebSocketClient> all) {
			this.byName = byName;
			this.byBean = byBean;
			this.all = all;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Collaborators {

		final HandshakeCustomizer first = (handshake) -> handshake.setValue("a", "1");

		final HandshakeCustomizer second = (handshake) -> handshake.setValue("b", "2");

		final ReconnectPolicy own = (outage, cause) -> new ReconnectDecision.Stop();

		final ReconnectPolicy shared = (outage, cause) -> new ReconnectDecision.Refresh();

		@Bean
		@Order(2)
		HandshakeCustomizer second() {
			return this.second;
		}

		@Bean
		@Order(1)
		@WebSocketClientName("chat")
		HandshakeCustomizer first() {
			return this.first;
		}

		@Bean
		@WebSocketClientName("chat")
		ReconnectPolicy own() {
			return this.own;
		}

		@Bean
		ReconnectPolicy shared() {
			return this.shared;
		}

		@Bean
		@WebSocketClientName("chat")
		BackOffPolicy backOff() {
			return new FixedBackOffPolicy();
		}

		@Bean
		RetryPolicy unrelated() {
			return new SimpleRetryPolicy();
		}

		@Bean
		@WebSocketClientName("chat")
		MessageConverter converter() {
			return new StringMessageConverter();
		}

		@Bean
		ResilientWebSocketClientCustomizer origins() {
			return (name, builder) -> builder.origin("https://" + name);
		}

		@Bean
		@WebSocketClientName("chat")
		WebSocketMessageListener listener() {
			return (message) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class WrongName {

		@Bean
		@WebSocketClientName("chatt")
		HandshakeCustomizer misnamed() {
			return (handshake) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Blocking {

		@Bean
		@WebSocketClientName("chat")
		BackOffPolicy blocking() {
			return Mockito.mock(BackOffPolicy.class);
		}

	}

	@WebSocketClientName("chat")
	static class SelfReferring implements WebSocketMessageListener {

		private final List<ResilientWebSocketClient> clients;

		SelfReferring(@WebSocketClientName("chat") ResilientWebSocketClient client) {
			this.clients = List.of(client);
		}

		@Override
		public void onMessage(InboundMessage message) {
			this.clients.get(0).send(message.text());
		}

	}

	static class WronglyNamed {

		WronglyNamed(@WebSocketClientName("chatt") ResilientWebSocketClient client) {
		}

	}

}
