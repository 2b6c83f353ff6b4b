package com.example;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import io.github.resilientws.test.TestWebSocketServer;
import io.github.resilientws.test.context.ApplicationInstance;
import io.github.resilientws.test.context.ApplicationInstances;

import static org.assertj.core.api.Assertions.assertThat;

class TakeOverTests {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	@Test
	void nextOwnerSendsWhatWasNotAcknowledged() {
		try (TestWebSocketServer exchange = TestWebSocketServer.start();
				ApplicationInstances instances = ApplicationInstances.builder(OrderApplication.class)
					.server("exchange", exchange)
					.property("resilient-ws.clients.exchange.queue.store", "jdbc")
					.property("resilient-ws.clients.exchange.delivery.guarantee", "at-least-once")
					.property("spring.sql.init.schema-locations", "classpath:com/example/orders.sql")
					.start(2)) {
			ApplicationInstance owner = instances.awaitOwner("exchange", LIMIT);
			ApplicationInstance standby = instances.awaitStandby("exchange", LIMIT);
			owner.getBean(OrderService.class).place("17");
			standby.getBean(OrderService.class).place("18");
			exchange.seen().awaitTexts(2, LIMIT);

			exchange.answerAcks();
			instances.kill(owner);
			assertThat(instances.awaitOwner("exchange", LIMIT)).isSameAs(standby);
			exchange.seen().awaitTexts(4, LIMIT);
			Awaitility.await()
				.atMost(LIMIT)
				.until(() -> standby.getClient("exchange").getStatistics().getQueueSize() == 0);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(OrderService.class)
	static class OrderApplication {

	}

}
