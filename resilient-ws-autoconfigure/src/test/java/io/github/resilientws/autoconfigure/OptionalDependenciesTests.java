package io.github.resilientws.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.AutoConfigurationImportSelector;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.AnnotationAttributes;
import org.springframework.core.type.AnnotationMetadata;

import io.github.resilientws.FakeClient;
import io.github.resilientws.autoconfigure.endpoint.ResilientWebSocketEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The auto-configurations as an application finds them, with and without what is
 * optional.
 */
class OptionalDependenciesTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withUserConfiguration(Application.class)
		.withPropertyValues("resilient-ws.clients.chat.url=ws://a",
				"management.endpoints.web.exposure.include=health,resilientws",
				"management.endpoint.health.show-details=always");

	@Test
	void everythingIsThere() {
		this.runner.run((context) -> {
			assertThat(context).hasNotFailed()
				.hasBean("chatWebSocketClient")
				.hasBean("resilientWsHealthContributor")
				.hasBean("resilientWebSocketClientMetricsBinder")
				.hasSingleBean(ResilientWebSocketEndpoint.class);
			assertThat(context.getBean(HealthEndpoint.class).healthForPath("resilientWs", "chat").getStatus().getCode())
				.isEqualTo("UP");
			assertThat(((FakeClient) context.getBean("chatWebSocketClient")).builder.converter).isNotNull();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "org.springframework.boot.actuate", "org.springframework.boot.health",
			"org.springframework.boot.micrometer", "io.micrometer.core", "tools.jackson.databind",
			"org.springframework.boot.jackson", "io.netty" })
	void worksWithout(String missing) {
		new ApplicationContextRunner().withUserConfiguration(OursOnly.class)
			.withPropertyValues("resilient-ws.clients.chat.url=ws://a")
			.withClassLoader(new FilteredClassLoader(missing))
			.run((context) -> assertThat(context).hasNotFailed().hasBean("chatWebSocketClient"));
	}

	@Test
	void whatFilteringLeavesIsThere() {
		new ApplicationContextRunner().withUserConfiguration(OursOnly.class)
			.withPropertyValues("resilient-ws.clients.chat.url=ws://a")
			.run((context) -> assertThat(context).hasBean("resilientWsHealthContributor"));
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Contexts.FakeClients.class, OursSelector.class })
	static class OursOnly {

	}

	/** Boot's own auto-configurations do not expect their module to be half there. */
	static class OursSelector extends AutoConfigurationImportSelector {

		@Override
		protected AnnotationAttributes getAttributes(AnnotationMetadata metadata) {
			AnnotationAttributes attributes = new AnnotationAttributes(EnableAutoConfiguration.class);
			attributes.put("exclude", new String[0]);
			attributes.put("excludeName", new String[0]);
			return attributes;
		}

		@Override
		protected List<String> getCandidateConfigurations(AnnotationMetadata metadata,
				AnnotationAttributes attributes) {
			return super.getCandidateConfigurations(metadata, attributes).stream()
				.filter((name) -> name.startsWith("io.github.resilientws"))
				.toList();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Contexts.FakeClients.class)
	static class Application {

	}

}
