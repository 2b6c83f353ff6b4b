package io.github.resilientws.autoconfigure;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications without what is optional, each with a class path of its own.
 */
class MissingPartsIntegrationTests {

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void worksWithoutActuator() throws Exception {
		assertThat(run("(spring-boot-(starter-)?(actuator|health)|spring-boot-micrometer|micrometer-registry).*"))
			.startsWith("READY")
			.doesNotContain("Health");
	}

	@Test
	void worksWithoutMicrometerRegistry() throws Exception {
		assertThat(run("(spring-boot-micrometer-metrics|spring-boot-starter-micrometer|micrometer-registry).*"))
			.startsWith("READY")
			.contains("resilientWsHealthContributor")
			.doesNotContain("MetricsBinder");
	}

	@Test
	void worksWithoutWebServerAndWebSocketStarter() throws Exception {
		assertThat(run("(tomcat-embed-(core|websocket)|spring-(web|webmvc|websocket)-|spring-security-"
				+ "|spring-boot-(starter-)?(security|servlet|tomcat|web-server|webmvc|websocket|http)).*"))
			.startsWith("READY")
			.contains("resilientWsHealthContributor")
			.doesNotContain("Tomcat", "dispatcherServlet");
	}

	@Test
	void worksWithoutDatabind() throws Exception {
		assertThat(run("(spring-boot-(starter-)?jackson|jackson-databind).*")).startsWith("READY");
	}

	@Test
	void everythingIsThereOtherwise() throws Exception {
		assertThat(run("none")).startsWith("READY")
			.contains("resilientWsHealthContributor", "resilientWebSocketClientMetricsBinder");
	}

	@Test
	void withoutNettyTheFailureNamesWhatToAdd() throws Exception {
		assertThat(IsolatedApplication.run("netty-.*", this.server.url().toString())).isEqualTo(
				"""
						There is no WebSocket transport: the client 'chat' has no transport: add io.netty:netty-codec-http and io.netty:netty-handler, or give it a WebSocketTransport.
						Add both dependencies, which resilient-ws-spring-boot-starter brings along, or declare a bean of type io.github.resilientws.transport.WebSocketTransport.""");
	}

	private String run(String missing) throws Exception {
		String result = IsolatedApplication.run(missing, this.server.url().toString());
		this.server.seen().awaitText("hello", Duration.ofSeconds(5));
		return result;
	}

}
