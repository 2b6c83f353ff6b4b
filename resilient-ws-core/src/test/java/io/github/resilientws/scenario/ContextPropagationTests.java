package io.github.resilientws.scenario;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.micrometer.context.ContextRegistry;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.internal.ClientRuntime;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Thread-locals of the sender in callbacks of its futures.
 */
class ContextPropagationTests {

	private static final String KEY = "resilient-ws-tenant";

	private static final String NONE = "none";

	private static final ThreadLocal<String> TENANT = new ThreadLocal<>();

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

	private TestWebSocketServer server;

	private ClientRuntime runtime;

	@BeforeEach
	void start() {
		ContextRegistry.getInstance().registerThreadLocalAccessor(KEY, TENANT);
		this.server = this.scenario.server();
		// all clients share one thread, so that what one leaves behind another would find
		this.runtime = this.scenario.use(ClientRuntime.create(1, false, null));
	}

	@AfterEach
	void forget() {
		TENANT.remove();
		ContextRegistry.getInstance().removeThreadLocalAccessor(KEY);
	}

	@Test
	void callbacksSeeTheContextOfTheSenderWhileThereAreObservations() throws Exception {
		ResilientWebSocketClient client = connect("observed", true, null);
		assertThat(tenantInCallback(client, "acme")).isEqualTo("acme");
		assertThat(tenantInCallback(client, "other")).isEqualTo("other");
		assertThat(tenantInCallback(client, null)).isEqualTo(NONE);
	}

	@Test
	void callbacksSeeTheContextOfTheSenderWithADecorator() throws Exception {
		ResilientWebSocketClient client = connect("decorated", false, new ContextPropagatingTaskDecorator());
		assertThat(tenantInCallback(client, "acme")).isEqualTo("acme");
	}

	@Test
	void nothingIsPropagatedOtherwise() throws Exception {
		ResilientWebSocketClient client = connect("plain", false, null);
		assertThat(tenantInCallback(client, "acme")).isEqualTo(NONE);
	}

	@Test
	void contextOfASenderReachesNeitherListenersNorOtherClients() throws Exception {
		ResilientWebSocketClient one = connect("one", true, null);
		ResilientWebSocketClient two = connect("two", false, null);
		one.addListener((message) -> this.seen.add("listener " + tenant()));
		assertThat(tenantInCallback(one, "acme")).isEqualTo("acme");
		assertThat(tenantInCallback(two, null)).isEqualTo(NONE);
		this.server.open().push("hello");
		assertThat(this.seen.poll(10, TimeUnit.SECONDS)).isEqualTo("listener " + NONE);
	}

	@Test
	void brokenDecoratorDoesNoHarm() throws Exception {
		TaskDecorator broken = (task) -> {
			if ("cannot".equals(TENANT.get())) {
				throw new IllegalStateException("cannot decorate");
			}
			return () -> {
				throw new IllegalStateException("cannot run");
			};
		};
		ResilientWebSocketClient client = connect("broken", false, broken);
		assertThat(tenantInCallback(client, "acme")).isEqualTo(NONE);
		assertThat(tenantInCallback(client, "cannot")).isEqualTo(NONE);
	}

	private String tenantInCallback(ResilientWebSocketClient client, String tenant) throws Exception {
		// the connection is held until the callback is there, so that it runs on the lane
		client.suspend().get(10, TimeUnit.SECONDS);
		if (tenant != null) {
			TENANT.set(tenant);
		}
		this.scenario.sends().send(client, "hello").thenRun(() -> this.seen.add(tenant()));
		TENANT.remove();
		client.resume().get(10, TimeUnit.SECONDS);
		return this.seen.poll(10, TimeUnit.SECONDS);
	}

	private static String tenant() {
		return (TENANT.get() != null) ? TENANT.get() : NONE;
	}

	private ResilientWebSocketClient connect(String name, boolean observed, TaskDecorator decorator) throws Exception {
		ResilientWebSocketClient.Builder builder = this.scenario.tune(this.runtime.builder(name))
			.urls(List.of(this.server.url()));
		if (observed) {
			builder.component(ObservationRegistry.class, TestObservationRegistry.create());
		}
		if (decorator != null) {
			builder.component(TaskDecorator.class, decorator);
		}
		return this.scenario.connect(builder);
	}

}
