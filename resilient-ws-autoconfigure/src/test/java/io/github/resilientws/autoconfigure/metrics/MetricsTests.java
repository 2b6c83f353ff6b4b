package io.github.resilientws.autoconfigure.metrics;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.Contexts;
import io.github.resilientws.cluster.jdbc.HeartbeatListener;
import io.github.resilientws.settings.InvalidSettingException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
	void heartbeatsOfAnInstanceHaveMetersOnceAnElectionNeedsThem() {
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			assertThat(registry.find("resilient.ws.store.duration").meters()).isEmpty();
			HeartbeatListener listener = context.getBean(HeartbeatListener.class);
			listener.onHeartbeat(true, Duration.ofMillis(20));
			listener.onHeartbeat(false, Duration.ofMillis(500));
			assertThat(beats(registry, "success").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(20);
			assertThat(beats(registry, "failure").totalTime(TimeUnit.MILLISECONDS)).isEqualTo(500);
		});
	}

	private static Timer beats(MeterRegistry registry, String outcome) {
		return registry.get("resilient.ws.store.duration")
			.tags("client", "", "operation", "beat", "outcome", outcome)
			.timer();
	}

	@Test
	void metersComeAndGoWithACreatedClient() {
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			MeterRegistry registry = context.getBean(MeterRegistry.class);
			ResilientWebSocketClients clients = context.getBean(ResilientWebSocketClients.class);
			int before = registry.getMeters().size();
			clients.create("tenant", (builder) -> builder.urls(List.of(URI.create("ws://a"))));
			assertThat(registry.get("resilient.ws.ready").tag("client", "tenant").gauge().value()).isOne();
			assertThat(registry.getMeters()).hasSize(2 * before);
			assertThat(clients.remove("tenant")).isCompleted();
			assertThat(registry.getMeters()).hasSize(before)
				.noneMatch((meter) -> "tenant".equals(meter.getId().getTag("client")));
		});
	}

	@Test
	void clientThatCannotBeMadeLeavesNoMeters() {
		this.runner.withBean(MeterRegistry.class, SimpleMeterRegistry::new).run((context) -> {
			ResilientWebSocketClients clients = context.getBean(ResilientWebSocketClients.class);
			assertThatExceptionOfType(InvalidSettingException.class)
				.isThrownBy(() -> clients.create("tenant", (builder) -> builder.origin("a b")));
			assertThat(context.getBean(ClientMetricsBinder.class)).extracting("metrics", InstanceOfAssertFactories.MAP)
				.containsOnlyKeys("chat");
		});
	}

	@Test
	void worksWithoutARegistry() {
		this.runner.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(ClientMetricsBinder.class));
	}

}
