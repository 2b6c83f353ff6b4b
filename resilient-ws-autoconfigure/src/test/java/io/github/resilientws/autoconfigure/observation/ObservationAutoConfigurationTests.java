package io.github.resilientws.autoconfigure.observation;

import java.util.List;

import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.ObservationTextPublisher;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.TaskDecorator;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClientCustomizer;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.autoconfigure.Contexts;
import io.github.resilientws.observation.DefaultReceiveObservationConvention;
import io.github.resilientws.observation.DefaultSendObservationConvention;
import io.github.resilientws.observation.HandshakeObservationConvention;
import io.github.resilientws.observation.ReceiveObservationConvention;
import io.github.resilientws.observation.SendObservationConvention;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which observations clients get.
 */
class ObservationAutoConfigurationTests {

	private final ApplicationContextRunner runner = Contexts.fake(ResilientWebSocketObservationAutoConfiguration.class)
		.withPropertyValues("resilient-ws.clients.chat.url=ws://a", "resilient-ws.clients.prices.url=ws://a");

	private final ApplicationContextRunner withMeters = this.runner.withBean(DefaultMeterObservationHandler.class,
			() -> new DefaultMeterObservationHandler(new SimpleMeterRegistry()));

	@Test
	void clientsAreObservedIfThereIsARegistry() {
		ObservationRegistry registry = ObservationRegistry.create();
		this.runner.withBean(ObservationRegistry.class, () -> registry)
			.run((context) -> assertThat(component(context, "chat", ObservationRegistry.class)).isSameAs(registry));
	}

	@Test
	void clientsAreNotObservedOtherwise() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed().doesNotHaveBean(ResilientWebSocketClientCustomizer.class);
			assertThat(component(context, "chat", ObservationRegistry.class)).isNull();
		});
		this.runner.withClassLoader(new FilteredClassLoader(ObservationRegistry.class))
			.run((context) -> assertThat(context).doesNotHaveBean(ResilientWebSocketClientCustomizer.class));
	}

	@Test
	void metersAreNoReasonToObserve() {
		ApplicationContextRunner metersOnly = this.withMeters
			.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class));
		metersOnly.run((context) -> assertThat(component(context, "chat", ObservationRegistry.class)).isNull());
		metersOnly.withBean("another", ObservationTextPublisher.class, ObservationTextPublisher::new)
			.run((context) -> assertThat(component(context, "chat", ObservationRegistry.class)).isNotNull());
	}

	@Test
	void registryOfTheUserIsUsedWhateverTheHandlers() {
		List<ApplicationContextRunner> runners = List.of(this.withMeters.withUserConfiguration(OwnRegistry.class),
				this.withMeters.withBean(ObservationRegistry.class, ObservationRegistry::create),
				this.withMeters.withInitializer((context) -> context.getBeanFactory()
					.registerSingleton("registry", ObservationRegistry.create())));
		for (ApplicationContextRunner own : runners) {
			own.withConfiguration(AutoConfigurations.of(ObservationAutoConfiguration.class))
				.run((context) -> assertThat(component(context, "chat", ObservationRegistry.class))
					.isSameAs(context.getBean(ObservationRegistry.class)));
		}
	}

	@Test
	void customizerOfTheUserHasTheLastWord() {
		ObservationRegistry registry = ObservationRegistry.create();
		this.runner.withBean(ObservationRegistry.class, ObservationRegistry::create)
			.withBean("mine", ResilientWebSocketClientCustomizer.class,
					() -> (name, builder) -> builder.component(ObservationRegistry.class, registry))
			.run((context) -> assertThat(component(context, "chat", ObservationRegistry.class)).isSameAs(registry));
	}

	@Test
	void conventionsAreBeans() {
		this.runner.withUserConfiguration(Conventions.class).run((context) -> {
			assertThat(component(context, "chat", SendObservationConvention.class))
				.isSameAs(context.getBean("forChat"));
			assertThat(component(context, "prices", SendObservationConvention.class))
				.isSameAs(context.getBean("forAll"));
			assertThat(component(context, "prices", ReceiveObservationConvention.class))
				.isSameAs(context.getBean("receive"));
			assertThat(component(context, "chat", HandshakeObservationConvention.class)).isNull();
		});
	}

	@Test
	void decoratorServesTheClientItIsQualifiedFor() {
		this.runner.withUserConfiguration(Decorators.class).run((context) -> {
			assertThat(component(context, "chat", TaskDecorator.class)).isSameAs(context.getBean("forChat"));
			assertThat(component(context, "prices", TaskDecorator.class)).isNull();
		});
	}

	private static <T> T component(ApplicationContext context, String client, Class<T> type) {
		return type.cast(
				Contexts.components((ResilientWebSocketClient) context.getBean(client + "WebSocketClient")).get(type));
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnRegistry {

		@Bean
		ObservationRegistry observationRegistry() {
			ObservationRegistry registry = ObservationRegistry.create();
			registry.observationConfig().observationHandler(new ObservationTextPublisher());
			return registry;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Conventions {

		@Bean
		SendObservationConvention forAll() {
			return new DefaultSendObservationConvention();
		}

		@Bean
		@WebSocketClientName("chat")
		SendObservationConvention forChat() {
			return new DefaultSendObservationConvention();
		}

		@Bean
		ReceiveObservationConvention receive() {
			return new DefaultReceiveObservationConvention();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Decorators {

		@Bean
		@WebSocketClientName("chat")
		TaskDecorator forChat() {
			return (task) -> task;
		}

		@Bean
		TaskDecorator forOtherPurposes() {
			return (task) -> task;
		}

	}

}
