package io.github.resilientws.autoconfigure;

import java.time.Duration;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications without what is optional, each with a class path of its own.
 */
@Tag("process")
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
	void worksWithoutNetty() throws Exception {
		assertThat(run("netty-.*")).startsWith("READY");
	}

	@Test
	void worksWithoutWhatTheSpringTransportNeeds() throws Exception {
		assertThat(run("(spring-websocket|tomcat-embed-websocket)-.*")).startsWith("READY");
	}

	@ParameterizedTest
	@ValueSource(strings = { "(netty|spring-websocket)-.*", "(netty|tomcat-embed-websocket)-.*" })
	void withoutAnyTransportTheFailureNamesWhatToAdd(String missing) throws Exception {
		assertThat(IsolatedApplication.run(missing, this.server.url().toString())).isEqualTo(
				"""
						No WebSocket transport is available: the client 'chat' has no transport: add io.netty:netty-codec-http and io.netty:netty-handler, or org.springframework:spring-websocket and a WebSocket container such as org.apache.tomcat.embed:tomcat-embed-websocket, or give it a WebSocketTransport.
						Add the libraries named above, which resilient-ws-spring-boot-starter contains, or declare a bean of type io.github.resilientws.transport.WebSocketTransport.""");
	}

	@Test
	void withoutNettysProxyHandlersAProxyIsRefused() throws Exception {
		assertThat(IsolatedApplication.run("netty-(handler-proxy|codec-socks).*", this.server.url().toString(),
				", proxy: { host: proxy.test, port: 3128 }"))
			.contains("'resilient-ws.clients.chat.proxy.type' is not valid",
					"needs io.netty:netty-handler-proxy, which is not on the class path");
	}

	@Test
	void withoutNettysProxyHandlersTheRestWorks() throws Exception {
		assertThat(run("netty-(handler-proxy|codec-socks).*")).startsWith("READY");
	}

	private String run(String missing) throws Exception {
		String result = IsolatedApplication.run(missing, this.server.url().toString());
		this.server.seen().awaitText("hello", Duration.ofSeconds(5));
		return result;
	}

}
