package io.github.resilientws.autoconfigure;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.socket.client.WebSocketClient;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.test.ScriptedTransport;
import io.github.resilientws.test.TestWebSocketServer;
import io.github.resilientws.transport.WebSocketTransport;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What clients connect with, and why.
 */
@ExtendWith(OutputCaptureExtension.class)
class TransportSelectionTests {

	private final TestWebSocketServer server = TestWebSocketServer.start().echo();

	private final ApplicationContextRunner runner = Contexts.real()
		.withPropertyValues("resilient-ws.clients.chat.url=" + this.server.url());

	@AfterEach
	void closeServer() {
		this.server.close();
	}

	@Test
	void nettyIsTheDefault(CapturedOutput output) {
		this.runner.run((context) -> {
			assertEcho(context, "chat");
			assertThat(output).contains("WebSocket transport: netty, because Netty is on the class path");
		});
	}

	@Test
	void springConnectsWhenItIsConfigured(CapturedOutput output) {
		this.runner.withPropertyValues("resilient-ws.clients.chat.transport=spring").run((context) -> {
			assertEcho(context, "chat");
			assertThat(output).contains("WebSocket transport: spring, as configured");
			assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
				.anyMatch((name) -> name.startsWith("WebSocketClient-AsyncIO"));
		});
	}

	@Test
	void springConnectsWithoutNetty(CapturedOutput output) {
		this.runner.withClassLoader(new FilteredClassLoader("io.netty")).run((context) -> {
			assertEcho(context, "chat");
			assertThat(output).contains("WebSocket transport: spring, because Netty is not on the class path");
		});
	}

	@Test
	void oneLineDescribesAllAndOneEachThatDiffers(CapturedOutput output) {
		this.runner
			.withPropertyValues("resilient-ws.clients.news.url=" + this.server.url(),
					"resilient-ws.clients.feed.url=" + this.server.url(), "resilient-ws.clients.news.transport=spring")
			.run((context) -> {
				assertEcho(context, "news");
				assertEcho(context, "feed");
				assertThat(output.toString().lines().filter((line) -> line.contains("WebSocket transport:"))).hasSize(2)
					.anyMatch((line) -> line.endsWith("[news] WebSocket transport: spring, as configured"));
			});
	}

	@Test
	void qualifiedWebSocketClientServesItsClientOnly(CapturedOutput output) {
		this.runner.withPropertyValues("resilient-ws.clients.news.url=" + this.server.url())
			.withUserConfiguration(GivenClient.class)
			.run((context) -> {
				assertEcho(context, "chat");
				assertEcho(context, "news");
				assertThat(context.getBean(GivenClient.class).threads).hasSize(1);
				assertThat(output).contains("spring, over the client's WebSocketClient bean")
					.contains("netty, because Netty is on the class path");
			});
	}

	@Test
	void blockingWorkRunsOnThreadsOfOurs() {
		assertThat(dialingThread().getName()).startsWith("resilient-ws-send-");
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21)
	void blockingWorkRunsOnVirtualThreadsWhenSpringUsesThem() {
		assertThat(dialingThread("spring.threads.virtual.enabled=true").getClass().getSimpleName())
			.contains("VirtualThread");
	}

	@Test
	void webSocketClientWithoutQualifierIsNotTaken() {
		this.runner.withBean(WebSocketClient.class, () -> {
			throw new IllegalStateException("not asked for");
		}, (definition) -> definition.setLazyInit(true)).run((context) -> assertEcho(context, "chat"));
	}

	@Test
	void transportOfTheUserWinsOverEverything() {
		this.runner.withPropertyValues("resilient-ws.clients.chat.transport=spring")
			.withUserConfiguration(GivenClient.class, GivenTransport.class)
			.run((context) -> {
				ResilientWebSocketClient chat = context.getBean(ResilientWebSocketClients.class).get("chat");
				assertThat(chat.awaitReady(Duration.ofSeconds(10))).isTrue();
				assertThat(this.server.seen().accepted()).isZero();
			});
	}

	@Test
	void qualifierOfAWebSocketClientMustNameAClient() {
		assertRefused(
				Contexts.real()
					.withPropertyValues("resilient-ws.clients.other.url=ws://a")
					.withUserConfiguration(GivenClient.class),
				"WebSocketClient bean 'given' has the qualifier @WebSocketClientName(\"chat\"), but no such client exists",
				"Correct the qualifier");
	}

	@Test
	void proxyNeedsNetty() {
		assertRefused(
				this.runner.withPropertyValues("resilient-ws.clients.chat.transport=spring",
						"resilient-ws.clients.chat.proxy.host=proxy", "resilient-ws.clients.chat.proxy.port=3128"),
				"resilient-ws.clients.chat.proxy.host", "Correct the value of 'resilient-ws.clients.chat.proxy.host'");
	}

	@Test
	void directDispatchNeedsNetty() {
		assertRefused(
				this.runner.withPropertyValues("resilient-ws.clients.chat.transport=spring",
						"resilient-ws.clients.chat.inbound.dispatch=direct"),
				"resilient-ws.clients.chat.inbound.dispatch",
				"Correct the value of 'resilient-ws.clients.chat.inbound.dispatch'");
	}

	@Test
	void trustMaterialNextToAWebSocketClientIsRefused() {
		assertRefused(
				this.runner.withPropertyValues("resilient-ws.clients.chat.ssl.bundle=mine")
					.withUserConfiguration(GivenClient.class),
				"a WebSocketClient bean serves this client, which has its own trust material",
				"resilient-ws.clients.chat.ssl.bundle");
	}

	@Test
	void nettyNextToAWebSocketClientIsRefused() {
		assertRefused(
				this.runner.withPropertyValues("resilient-ws.clients.chat.transport=netty")
					.withUserConfiguration(GivenClient.class),
				"a WebSocketClient bean serves this client", "resilient-ws.clients.chat.transport");
	}

	@Test
	void nettyThatIsNotThereIsNamed() {
		assertRefused(
				this.runner.withPropertyValues("resilient-ws.clients.chat.transport=netty")
					.withClassLoader(new FilteredClassLoader("io.netty")),
				"the client 'chat' is configured for the netty transport, which is not available: add io.netty:netty-codec-http",
				"resilient-ws-spring-boot-starter");
	}

	@Test
	void whatSpringNeedsIsNamed() {
		assertRefused(
				this.runner.withPropertyValues("resilient-ws.clients.chat.transport=spring")
					.withClassLoader(new FilteredClassLoader("jakarta.websocket")),
				"which is not available: add org.springframework:spring-websocket and a WebSocket container",
				"resilient-ws-spring-boot-starter");
	}

	private void assertEcho(ApplicationContext context, String name) throws InterruptedException {
		ResilientWebSocketClient client = context.getBean(ResilientWebSocketClients.class).get(name);
		assertThat(client.awaitReady(Duration.ofSeconds(10))).isTrue();
		client.send("hello from " + name).join();
		this.server.seen().awaitText("hello from " + name, Duration.ofSeconds(10));
	}

	private Thread dialingThread(String... properties) {
		AtomicReference<Thread> thread = new AtomicReference<>();
		this.runner.withPropertyValues(properties).withUserConfiguration(GivenClient.class).run((context) -> {
			assertEcho(context, "chat");
			thread.set(context.getBean(GivenClient.class).threads.take());
		});
		return thread.get();
	}

	private static void assertRefused(ApplicationContextRunner runner, String description, String action) {
		runner.run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = Failures.analyze(context.getStartupFailure());
			assertThat(analysis.getDescription()).contains(description);
			assertThat(analysis.getAction()).contains(action);
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class GivenClient {

		final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();

		@Bean
		@WebSocketClientName("chat")
		WebSocketClient given() {
			StandardWebSocketClient delegate = new StandardWebSocketClient();
			return new RecordingClient(delegate, this.threads);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class GivenTransport {

		@Bean
		WebSocketTransport transport() {
			return new ScriptedTransport().autoOpen();
		}

	}

}
