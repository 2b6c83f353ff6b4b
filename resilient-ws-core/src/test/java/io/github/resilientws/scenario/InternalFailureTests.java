package io.github.resilientws.scenario;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.resilientws.CapturedLog;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.internal.FaultyTransport;
import io.github.resilientws.internal.FaultyTransport.Fault;
import io.github.resilientws.test.TestWebSocketServer;
import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WebSocketTransportDecorator;
import io.github.resilientws.transport.netty.NettyWebSocketTransport;
import io.github.resilientws.transport.spring.SpringWebSocketTransport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A failure of the client's own code, over sockets: one line in the log, a closed
 * connection, a new one.
 */
class InternalFailureTests {

	private static final Duration INTERVAL = Duration.ofMillis(300);

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@RegisterExtension
	final CapturedLog appender = new CapturedLog("io.github.resilientws");

	@ParameterizedTest
	@EnumSource
	void overNetty(Fault fault) throws Exception {
		isContained(this.scenario.use(new NettyWebSocketTransport(new NameLookups(), true)), fault);
	}

	@ParameterizedTest
	@EnumSource
	void overSpring(Fault fault) throws Exception {
		ExecutorService blocking = Executors.newCachedThreadPool();
		this.scenario.use(blocking::shutdown);
		isContained(this.scenario.use(new SpringWebSocketTransport(blocking, new NameLookups(), true)), fault);
	}

	private void isContained(WebSocketTransport transport, Fault fault) throws Exception {
		this.scenario.over(transport);
		TestWebSocketServer server = this.scenario.server();
		ResilientWebSocketClient client = this.scenario.connect(this.scenario.builder(server.url())
			.heartbeat((heartbeat) -> heartbeat.withInterval(INTERVAL).withTimeout(INTERVAL.dividedBy(2)))
			.component(WebSocketTransportDecorator.class, (name, given) -> new FaultyTransport(given, fault)));
		switch (fault) {
			case PING -> {
				// by itself
			}
			case WRITE, RESULT -> client.send("x");
			case TEXT -> server.push("x");
		}
		await().atMost(Scenario.LIMIT).until(() -> this.scenario.events().lines().contains("Scheduled 2 PT0.1S"));
		await().atMost(Scenario.LIMIT).until(client::isReady);
		client.send("y").get(Scenario.LIMIT.toSeconds(), TimeUnit.SECONDS);
		assertThat(this.scenario.events().lines()).contains("Disconnected Closed 1011");
		assertThat(this.appender.list).filteredOn((event) -> event.getLevel() == Level.ERROR)
			.singleElement()
			.extracting(ILoggingEvent::getFormattedMessage)
			.asString()
			.startsWith("[test] internal failure: ")
			.doesNotContain("s3cret");
	}

}
