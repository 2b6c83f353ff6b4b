package io.github.resilientws.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import io.micrometer.common.KeyValue;
import io.micrometer.common.KeyValues;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import io.micrometer.observation.transport.SenderContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.observation.DefaultSendObservationConvention;
import io.github.resilientws.observation.SendObservationContext;
import io.github.resilientws.observation.SendObservationConvention;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Observations of handshakes, of sending and of receiving.
 */
class ObservationTests {

	@RegisterExtension
	final Scenario scenario = new Scenario();

	private final TestObservationRegistry registry = TestObservationRegistry.create();

	private TestWebSocketServer server;

	@BeforeEach
	void start() {
		this.server = this.scenario.server();
	}

	@Test
	void eachAttemptIsObserved() throws Exception {
		this.server.once().refuse(503);
		this.scenario.connect(observed());
		awaitStopped("resilient.ws.handshake", 2);
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasHandledContextsThatSatisfy((contexts) -> assertThat(contexts)
				.filteredOn((context) -> context.getName().equals("resilient.ws.handshake"))
				.extracting(ObservationTests::keys)
				.containsExactly(Map.of("client", "test", "outcome", "failure", "cause", "refused", "attempt", "1"),
						Map.of("client", "test", "outcome", "success", "cause", "none", "attempt", "2")));
		assertThat(failures("resilient.ws.handshake")).containsExactly("handshake refused with status 503");
	}

	@Test
	void attemptThatTimesOutInACustomizerIsObservedUntilThen() throws Exception {
		CompletableFuture<Void> hanging = new CompletableFuture<>();
		this.scenario.dial(observed().connectTimeout(Duration.ofMillis(200)).handshakeCustomizer((handshake) -> {
			if (handshake.getAttempt() == 1) {
				hanging.join();
			}
		}));
		awaitStopped("resilient.ws.handshake", 2);
		hanging.complete(null);
		assertThat(failures("resilient.ws.handshake")).contains("preparing the handshake timed out");
	}

	@Test
	void customizersAreAskedInTheScopeOfTheHandshake() throws Exception {
		AtomicReference<Observation> seen = new AtomicReference<>();
		this.scenario
			.connect(observed().handshakeCustomizer((handshake) -> seen.set(this.registry.getCurrentObservation())));
		assertThat(seen.get().getContext().getName()).isEqualTo("resilient.ws.handshake");
	}

	@Test
	void tracingWritesItsHeadersIntoTheHandshake() throws Exception {
		this.registry.observationConfig().observationHandler(new Injecting());
		this.scenario.connect(observed());
		assertThat(this.server.seen().handshakes().get(0).header("traceparent")).isEqualTo("00-abc-def-01");
	}

	@Test
	void sendingIsAChildOfWhatTheSenderObserves() throws Exception {
		ResilientWebSocketClient client = this.scenario.connect(observed());
		Observation parent = Observation.start("parent", this.registry);
		BlockingQueue<Observation> inCallback = new LinkedBlockingQueue<>();
		parent.scoped(() -> this.scenario.sends()
			.send(client, "hello", OutboundMessage.text("hello").withId("m1"))
			.thenRun(() -> inCallback.add(this.registry.getCurrentObservation())));
		Observation seen = inCallback.poll(10, TimeUnit.SECONDS);
		parent.stop();
		assertThat(seen).isSameAs(parent);
		Observation.Context context = awaitStopped("resilient.ws.send", 1).get(0);
		assertThat(context.getParentObservation()).isSameAs(parent);
		assertThat(keys(context))
			.isEqualTo(Map.of("client", "test", "outcome", "success", "reason", "none", "message.id", "m1"));
		assertThat(context.getError()).isNull();
	}

	@Test
	void observationOfSendingIsOverWhenTheFutureIsDone() throws Exception {
		ResilientWebSocketClient client = this.scenario.connect(observed());
		CompletableFuture<Boolean> stopped = this.scenario.sends()
			.send(client, "hello")
			.thenApply((delivery) -> stopped("resilient.ws.send").size() == 1);
		assertThat(stopped).succeedsWithin(Scenario.LIMIT).isEqualTo(true);
	}

	@Test
	void refusedMessageIsObservedWithItsReasonOnly() throws Exception {
		ResilientWebSocketClient client = this.scenario.build(observed().queue((queue) -> queue.withBounds(1, 20)));
		CompletableFuture<Delivery> sent = client.send("s3cret".repeat(10));
		assertThat(sent).isCompletedExceptionally();
		Observation.Context context = awaitStopped("resilient.ws.send", 1).get(0);
		assertThat(keys(context)).containsEntry("outcome", "failure").containsEntry("reason", "rejected");
		assertThat(context.getError()).hasMessage("REJECTED").hasNoCause();
		assertThat(context.toString()).doesNotContain("s3cret");
	}

	@Test
	void listenersRunInAnObservationOfTheirOwn() throws Exception {
		AtomicReference<ResilientWebSocketClient> client = new AtomicReference<>();
		BlockingQueue<Observation> seen = new LinkedBlockingQueue<>();
		client.set(this.scenario.connect(observed().listener((message) -> {
			seen.add(this.registry.getCurrentObservation());
			this.scenario.sends().send(client.get(), "answer");
			throw new IllegalStateException("s3cret");
		})));
		this.server.open().push("one");
		Observation.Context received = seen.poll(10, TimeUnit.SECONDS).getContext();
		assertThat(received.getName()).isEqualTo("resilient.ws.receive");
		assertThat(awaitStopped("resilient.ws.send", 1).get(0).getParentObservation().getContextView())
			.isSameAs(received);
		awaitStopped("resilient.ws.receive", 1);
		assertThat(keys(received)).isEqualTo(Map.of("client", "test", "outcome", "failure"));
		assertThat(received.getError()).hasMessage("a listener failed").hasNoCause();
	}

	@Test
	void conventionIsReplaceable() throws Exception {
		SendObservationConvention convention = new DefaultSendObservationConvention() {

			@Override
			public String getName() {
				return "my.send";
			}

			@Override
			public KeyValues getLowCardinalityKeyValues(SendObservationContext context) {
				return super.getLowCardinalityKeyValues(context).and("zone", "a");
			}

		};
		ResilientWebSocketClient client = this.scenario
			.connect(observed().component(SendObservationConvention.class, convention));
		this.scenario.sends().send(client, "hello").join();
		assertThat(keys(awaitStopped("my.send", 1).get(0))).containsEntry("zone", "a");
	}

	@Test
	void brokenHandlersDoNoHarm() throws Exception {
		ObservationRegistry broken = ObservationRegistry.create();
		broken.observationConfig().observationHandler(new Broken());
		BlockingQueue<String> received = new LinkedBlockingQueue<>();
		ResilientWebSocketClient client = this.scenario.connect(this.scenario.builder(this.server.url())
			.component(ObservationRegistry.class, broken)
			.listener((message) -> received.add(message.text())));
		assertThat(this.scenario.sends().send(client, "hello")).succeedsWithin(Scenario.LIMIT);
		this.server.open().push("one");
		this.server.open().push("two");
		assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("one");
		assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("two");
	}

	@Test
	void registryWithoutHandlersIsLeftAlone() throws Exception {
		ObservationRegistry silent = ObservationRegistry.create();
		silent.observationConfig().observationPredicate((name, context) -> {
			throw new AssertionError("asked for " + name);
		});
		ResilientWebSocketClient client = this.scenario
			.connect(this.scenario.builder(this.server.url()).component(ObservationRegistry.class, silent));
		assertThat(this.scenario.sends().send(client, "hello")).succeedsWithin(Scenario.LIMIT);
	}

	private ResilientWebSocketClient.Builder observed() {
		return this.scenario.builder(this.server.url()).component(ObservationRegistry.class, this.registry);
	}

	private List<Observation.Context> awaitStopped(String name, int count) {
		Awaitility.await().atMost(Scenario.LIMIT).until(() -> stopped(name).size() >= count);
		return stopped(name);
	}

	private List<Observation.Context> stopped(String name) {
		List<Observation.Context> stopped = new ArrayList<>();
		TestObservationRegistryAssert.assertThat(this.registry)
			.hasHandledContextsThatSatisfy((contexts) -> contexts.stream()
				.filter((context) -> name.equals(context.getName()))
				.filter((context) -> !"unknown".equals(keys(context).get("outcome")))
				.forEach(stopped::add));
		return stopped;
	}

	private List<String> failures(String name) {
		return stopped(name).stream()
			.map(Observation.Context::getError)
			.filter(Objects::nonNull)
			.map(Throwable::getMessage)
			.toList();
	}

	private static Map<String, String> keys(Observation.Context context) {
		return context.getAllKeyValues().stream().collect(Collectors.toMap(KeyValue::getKey, KeyValue::getValue));
	}

	/** Does what tracing does. */
	private static final class Injecting implements ObservationHandler<SenderContext<Object>> {

		@Override
		public void onStart(SenderContext<Object> context) {
			context.getSetter().set(context.getCarrier(), "traceparent", "00-abc-def-01");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return context instanceof SenderContext;
		}

	}

	private static final class Broken implements ObservationHandler<Observation.Context> {

		private static final RuntimeException FAILURE = new IllegalStateException("broken");

		@Override
		public void onStart(Observation.Context context) {
			if (context.getName().endsWith("send")) {
				throw FAILURE;
			}
		}

		@Override
		public void onScopeOpened(Observation.Context context) {
			throw FAILURE;
		}

		@Override
		public void onStop(Observation.Context context) {
			throw FAILURE;
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

}
