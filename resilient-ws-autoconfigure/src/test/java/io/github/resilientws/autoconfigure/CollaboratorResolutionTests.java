package io.github.resilientws.autoconfigure;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.Map;

import jakarta.annotation.Priority;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Primary;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.messaging.converter.StringMessageConverter;
import org.springframework.retry.RetryPolicy;
import org.springframework.retry.policy.SimpleRetryPolicy;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.FakeBuilder;
import io.github.resilientws.FakeClient;
import io.github.resilientws.Handshake;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.reconnect.ReconnectDecision;
import io.github.resilientws.reconnect.ReconnectPolicy;
import io.github.resilientws.reconnect.ReconnectSeries;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Beans that serve a client are found as an injection point would find them.
 */
class CollaboratorResolutionTests {

	private final ApplicationContextRunner runner = Contexts.fake()
		.withPropertyValues("resilient-ws.clients.chat.url=ws://a", "resilient-ws.clients.prices.url=ws://b");

	@Test
	void beansOfAParentServeClientsOfAChild() {
		try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext(Parent.class)) {
			this.runner.withParent(parent).run((context) -> {
				assertThat(policy(context, "chat")).isSameAs(parent.getBean("qualified"));
				assertThat(policy(context, "prices")).isSameAs(parent.getBean("shared"));
				assertThat(builder(context, "chat").converter).isSameAs(parent.getBean("converter"));
				assertThat(builder(context, "prices").converter).isNull();
				assertThat(builder(context, "chat").components).containsKey(RetryPolicy.class);
				assertThat(builder(context, "chat").customizers).hasSize(1);
				assertThat(builder(context, "prices").customizers).isEmpty();
			});
		}
	}

	@Test
	void beanOfTheChildIsNearerThanOneOfItsParent() {
		try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext(Parent.class)) {
			this.runner.withParent(parent).withBean("own", ReconnectPolicy.class, Stop::new).run((context) -> {
				assertThat(policy(context, "prices")).isSameAs(context.getBean("own"));
				// a qualified one wins, wherever it is
				assertThat(policy(context, "chat")).isSameAs(parent.getBean("qualified"));
			});
		}
	}

	@Test
	void beanOfTheSameNameHidesThatOfTheParent() {
		try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext(Parent.class)) {
			this.runner.withParent(parent)
				.withBean("qualified", ReconnectPolicy.class, Stop::new)
				.withBean("shared", String.class, () -> "other")
				.run((context) -> assertThat(policy(context, "chat")).isSameAs(context.getBean("qualified")));
		}
	}

	@Test
	void primaryWins() {
		this.runner.withUserConfiguration(OnePrimary.class)
			.run((context) -> assertThat(policy(context, "chat")).isSameAs(context.getBean("first")));
	}

	@Test
	void fallbackYieldsToTheOther() {
		this.runner.withUserConfiguration(OneFallback.class)
			.run((context) -> assertThat(policy(context, "chat")).isSameAs(context.getBean("other")));
	}

	@Test
	void highestPriorityWins() {
		this.runner.withBean("second", Second.class)
			.withBean("first", First.class)
			.run((context) -> assertThat(policy(context, "chat")).isInstanceOf(First.class));
	}

	@Test
	void qualifierMayBeAMetaAnnotation() {
		this.runner.withUserConfiguration(Meta.class).run((context) -> {
			assertThat(policy(context, "chat")).isNotNull();
			assertThat(policy(context, "prices")).isNull();
			assertThat(builder(context, "chat").customizers).hasSize(1);
			assertThat(builder(context, "prices").customizers).isEmpty();
		});
	}

	@Test
	void qualifierOfTheBeanMethodWinsOverThatOfTheClass() {
		this.runner.withUserConfiguration(Method.class).run((context) -> {
			assertThat(policy(context, "chat")).isNull();
			assertThat(policy(context, "prices")).isNotNull();
		});
	}

	@Test
	void beanThatIsNoCandidateIsNotTaken() {
		this.runner.withUserConfiguration(NoCandidates.class).run((context) -> {
			assertThat(policy(context, "chat")).isSameAs(context.getBean("onlyQualified"));
			assertThat(policy(context, "prices")).isNull();
		});
	}

	@Test
	void nameOfABeanIsNoQualifier() {
		this.runner.withBean("chat", MessageConverter.class, StringMessageConverter::new)
			.run((context) -> assertThat(builder(context, "chat").converter).isNull());
	}

	private static Object policy(ApplicationContext context, String client) {
		Map<Class<?>, Object> components = builder(context, client).components;
		return components.get(ReconnectPolicy.class);
	}

	private static FakeBuilder builder(ApplicationContext context, String client) {
		return ((FakeClient) context.getBean(ResilientWebSocketClients.class).get(client)).builder;
	}

	@Configuration(proxyBeanMethods = false)
	static class Parent {

		@Bean
		@WebSocketClientName("chat")
		ReconnectPolicy qualified() {
			return new Stop();
		}

		@Bean
		ReconnectPolicy shared() {
			return new Stop();
		}

		@Bean
		@WebSocketClientName("chat")
		MessageConverter converter() {
			return new StringMessageConverter();
		}

		@Bean
		MessageConverter unrelated() {
			return new StringMessageConverter();
		}

		@Bean
		@WebSocketClientName("chat")
		RetryPolicy retries() {
			return new SimpleRetryPolicy();
		}

		@Bean
		@WebSocketClientName("chat")
		HandshakeCustomizer customizer() {
			return (handshake) -> {
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OnePrimary {

		@Bean
		@Primary
		ReconnectPolicy first() {
			return new Stop();
		}

		@Bean
		ReconnectPolicy second() {
			return new Stop();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OneFallback {

		@Bean
		@Fallback
		ReconnectPolicy fallback() {
			return new Stop();
		}

		@Bean
		ReconnectPolicy other() {
			return new Stop();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Meta {

		@Bean
		@ForChat
		ReconnectPolicy policy() {
			return new Stop();
		}

		@Bean
		Customizer customizer() {
			return new Customizer();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Method {

		@Bean
		@WebSocketClientName("prices")
		QualifiedClass policy() {
			return new QualifiedClass();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoCandidates {

		@Bean(autowireCandidate = false)
		ReconnectPolicy never() {
			return new Stop();
		}

		@Bean(defaultCandidate = false)
		ReconnectPolicy notByDefault() {
			return new Stop();
		}

		@Bean(defaultCandidate = false)
		@WebSocketClientName("chat")
		ReconnectPolicy onlyQualified() {
			return new Stop();
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@WebSocketClientName("chat")
	@interface ForChat {

	}

	static class Stop implements ReconnectPolicy {

		@Override
		public ReconnectDecision next(ReconnectSeries series, DisconnectCause cause) {
			return new ReconnectDecision.Stop();
		}

	}

	@Priority(1)
	static class First extends Stop {

	}

	@Priority(2)
	static class Second extends Stop {

	}

	@WebSocketClientName("chat")
	static class QualifiedClass extends Stop {

	}

	@ForChat
	static class Customizer implements HandshakeCustomizer {

		@Override
		public void customize(Handshake handshake) {
			// nothing
		}

	}

}
