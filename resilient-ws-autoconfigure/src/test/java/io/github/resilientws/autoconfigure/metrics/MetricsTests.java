package io.github.resilientws.autoconfigure.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.resilientws.autoconfigure.Contexts;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Meters of clients.
 */
class MetricsTests {

	private final ApplicationContextRunner runner = Contexts.fake(ResilientWebSocketMetricsAutoConfiguration.class)
		.withPropertyValues("resilient-ws.clients.chat.url=ws://a");

	@Test
	void metersAreRegisteredWithTheClient() {
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.get("resilient.ws.ready").tag("client", "chat").gauge().value()).isOne();
			assertThat(registry.get("resilient.ws.messages.sent").tag("client", "chat").functionCounter().count())
				.isEqualTo(11);
		});
	}

	@Test
	void worksWithoutARegistry() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ClientMetricsBinder.class));
	}

}
