package io.github.resilientws.sample;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.sample.chat.WorkOrder;
import io.github.resilientws.sample.chat.WorkOrders;
import io.github.resilientws.sample.server.DemoServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WorkOrderFileTests {

	@TempDir
	private Path directory;

	private ConfigurableApplicationContext run(String... arguments) throws IOException {
		Stream<String> all = Stream.concat(Stream.of("--server.port=" + freePort(),
				"--sample.server.port=" + freePort(), "--resilient-ws.clients.alerts.queue.store=file",
				"--resilient-ws.clients.alerts.queue.directory=" + this.directory), Stream.of(arguments));
		return new SpringApplicationBuilder(SampleApplication.class).run(all.toArray(String[]::new));
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
	}

	@Test
	void ordersSurviveARestart() throws Exception {
		try (ConfigurableApplicationContext first = run("--resilient-ws.clients.alerts.url=ws://localhost:1/alerts")) {
			WorkOrders orders = first.getBean(WorkOrders.class);
			orders.place();
			orders.place();
			first.getBean(ResilientWebSocketClients.class).get("alerts").disconnect();
			await().untilAsserted(() -> assertThat(orders.orders()).extracting(WorkOrder::status)
				.containsOnly(WorkOrder.Status.KEPT));
		}
		try (ConfigurableApplicationContext second = run()) {
			assertThat(second.getBean(WorkOrders.class).recovered()).isEqualTo(2);
			DemoServer server = second.getBean(DemoServer.class);
			await().atMost(Duration.ofSeconds(20)).until(() -> server.status().orders() == 2);
		}
	}

}
