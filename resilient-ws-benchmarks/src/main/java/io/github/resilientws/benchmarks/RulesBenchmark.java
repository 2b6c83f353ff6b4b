package io.github.resilientws.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

import com.sun.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.benchmarks.process.ServerProcess;
import io.github.resilientws.benchmarks.report.Report;
import io.github.resilientws.benchmarks.report.Samples;
import io.github.resilientws.benchmarks.report.Table;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.ReconnectSettings;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WebSocketTransportDecorator;

/**
 * Measures what rules cost for each received message: five rules, eight captures and
 * subscriptions, compared with the same rules on a tree of each message. Time and memory
 * are those of the thread that receives, less those of a client without rules in the same
 * round.
 */
final class RulesBenchmark {

	private static final int BATCH = 2_000;

	private static final int BATCHES = 100;

	private static final Map<String, String> CAPTURES = Map.of("session", "/session/id", "node", "/session/node", "seq",
			"/seq", "token", "/auth/token", "expires", "/auth/expires", "region", "/region", "gateway",
			"/params/gateway", "version", "/params/version");

	private static final String EVENT = "{\"channel\":\"c7\",\"type\":\"update\",\"data\":{\"e\":\"trade\","
			+ "\"E\":1700000000123,\"s\":\"BTCUSDT\",\"t\":123456,\"p\":\"64231.10\",\"q\":\"0.00100\",\"m\":true}}";

	private static final String OTHER = "{\"type\":\"news\",\"data\":{\"headline\":\"Nothing \\\"new\\\" today\","
			+ "\"at\":1700000000123,\"tags\":[\"a\",\"b\",\"c\"],\"source\":{\"name\":\"desk\",\"rank\":-1.5e3}}}";

	private final ServerProcess server;

	private final Environment environment;

	private RulesBenchmark(Environment environment, ServerProcess server) {
		this.environment = environment;
		this.server = server;
	}

	/**
	 * Measure and report.
	 * @param environment where and how often
	 * @param report receives the results
	 * @throws Exception if it fails
	 */
	static void run(Environment environment, Report report) throws Exception {
		report.heading("Rules");
		Table table = new Table("Message", "subscriptions", "per message, ns", "x tree", "garbage, bytes",
				"garbage of the tree, bytes");
		try (ServerProcess server = environment.startServer()) {
			RulesBenchmark benchmark = new RulesBenchmark(environment, server);
			for (int subscriptions : List.of(200, 5_000)) {
				benchmark.run("event of a subscription", EVENT, subscriptions, table);
				benchmark.run("message that no rule takes", OTHER, subscriptions, table);
			}
		}
		report.table(table);
	}

	private void run(String name, String message, int subscriptions, Table table) throws Exception {
		List<String> channels = IntStream.range(0, subscriptions).mapToObj((i) -> "c" + (i + 7)).toList();
		Map<Kind, Receiver> receivers = new EnumMap<>(Kind.class);
		receivers.put(Kind.PLAIN, new Receiver(plain(), null));
		receivers.put(Kind.RULES, new Receiver(withRules(channels), null));
		receivers.put(Kind.TREE, new Receiver(plain(), new TreeRules(CAPTURES, channels)));
		Map<Kind, List<Cost>> costs = new EnumMap<>(Kind.class);
		this.environment.interleave(List.of(Kind.values()), (kind, counts) -> {
			Cost cost = receivers.get(kind).receive(message);
			if (counts) {
				costs.computeIfAbsent(kind, (key) -> new ArrayList<>()).add(cost);
			}
		});
		Samples rules = lessPlain(costs, Kind.RULES, Cost::nanos);
		table.row(name, String.format("%,d", subscriptions), rules.format(),
				rules.ratio(lessPlain(costs, Kind.TREE, Cost::nanos)),
				Samples.number(lessPlain(costs, Kind.RULES, Cost::bytes).median()),
				Samples.number(lessPlain(costs, Kind.TREE, Cost::bytes).median()));
		for (Receiver receiver : receivers.values()) {
			receiver.close();
		}
	}

	private static Samples lessPlain(Map<Kind, List<Cost>> costs, Kind kind, ToDoubleFunction<Cost> quantity) {
		Samples result = new Samples();
		for (int i = 0; i < costs.get(kind).size(); i++) {
			result.add(quantity.applyAsDouble(costs.get(kind).get(i))
					- quantity.applyAsDouble(costs.get(Kind.PLAIN).get(i)));
		}
		return result;
	}

	private Inbound plain() throws Exception {
		return connect((builder) -> builder, List.of());
	}

	private Inbound withRules(List<String> channels) throws Exception {
		Map<String, SessionSettings.Capture> captures = new LinkedHashMap<>();
		CAPTURES.forEach((name, pointer) -> captures.put(name, new SessionSettings.Capture(pointer, "")));
		return connect((builder) -> builder
			.heartbeat((heartbeat) -> heartbeat.withMode(HeartbeatSettings.Mode.TEXT)
				.withText("{\"op\":\"ping\"}", "/op = pong")
				.withInterval(Duration.ofHours(1)))
			.request((request) -> request.withSend("{\"id\":{{id}},\"op\":{{destination}}}")
				.withReply("/result", "/id", "/result")
				.withError("/error", "/id", "/error"))
			.session(
					(session) -> session.withCaptures(captures)
						.withAutoReplies(List
							.of(new SessionSettings.AutoReply("/params/ping", "{\"pong\":{{/params/ping}}}", true))))
			.reconnect((reconnect) -> reconnect.withOnMessage(
					List.of(new ReconnectSettings.OnMessage("/params/reconnect = true", ReconnectAction.RETRY))))
			.subscription((subscription) -> subscription.withSend("[\"subscribe\",{{destination}}]")
				.withAwait("")
				.withMessageKey("/channel")), channels);
	}

	private Inbound connect(UnaryOperator<ResilientWebSocketClient.Builder> settings, List<String> channels)
			throws Exception {
		Inbound inbound = new Inbound();
		ResilientWebSocketClient client = settings
			.apply(ResilientWebSocketClient.builder("benchmark", this.server.url())
				.inbound((buffer) -> buffer.withBufferMessages(4 * BATCH).withBufferBytes(64 << 20))
				.listener((message) -> inbound.handled.incrementAndGet())
				.component(WebSocketTransportDecorator.class, (name, transport) -> inbound.decorate(transport)))
			.build();
		for (String channel : channels) {
			client.subscribe(channel, (message) -> {
			});
		}
		client.connect().get(10, TimeUnit.SECONDS);
		inbound.client = client;
		return inbound;
	}

	private enum Kind {

		/** A client without rules. */
		PLAIN,

		/** A client with rules. */
		RULES,

		/** A client without rules, behind rules on a tree. */
		TREE

	}

	private record Cost(double nanos, double bytes) {

	}

	/**
	 * Passes messages to a client as its transport does.
	 */
	private static final class Receiver {

		private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

		private final Inbound inbound;

		private final @Nullable TreeRules tree;

		Receiver(Inbound inbound, @Nullable TreeRules tree) {
			this.inbound = inbound;
			this.tree = tree;
		}

		Cost receive(String message) throws Exception {
			byte[] utf8 = message.getBytes(StandardCharsets.UTF_8);
			double nanos = 0;
			double bytes = 0;
			for (int i = 0; i < BATCHES; i++) {
				long handled = this.inbound.handled.get();
				CompletableFuture<Cost> cost = new CompletableFuture<>();
				this.inbound.executor.execute(() -> cost.complete(batch(utf8)));
				nanos += cost.get(10, TimeUnit.SECONDS).nanos();
				bytes += cost.get().bytes();
				this.inbound.awaitHandled(handled + BATCH);
			}
			return new Cost(nanos / BATCHES / BATCH, bytes / BATCHES / BATCH);
		}

		private Cost batch(byte[] utf8) {
			ConnectionListener listener = this.inbound.listener;
			long allocated = THREADS.getCurrentThreadAllocatedBytes();
			long start = System.nanoTime();
			listener.onRead();
			for (int i = 0; i < BATCH; i++) {
				if (!listener.onEncodedText(utf8, 0, utf8.length)) {
					String message = new String(utf8, StandardCharsets.UTF_8);
					if (this.tree != null) {
						this.tree.apply(message);
					}
					listener.onText(message);
				}
			}
			long nanos = System.nanoTime() - start;
			return new Cost(nanos, THREADS.getCurrentThreadAllocatedBytes() - allocated);
		}

		void close() throws Exception {
			this.inbound.client.disconnect().get(20, TimeUnit.SECONDS);
		}

	}

	/**
	 * The receiving side of one client.
	 */
	private static final class Inbound {

		private final AtomicLong handled = new AtomicLong();

		private ResilientWebSocketClient client;

		private volatile SerialExecutor executor;

		private volatile ConnectionListener listener;

		void awaitHandled(long count) {
			long start = System.nanoTime();
			while (this.handled.get() < count) {
				if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(10)) {
					throw new IllegalStateException("messages were lost");
				}
				Thread.onSpinWait();
			}
		}

		WebSocketTransport decorate(WebSocketTransport transport) {
			return new WebSocketTransport() {

				@Override
				public SerialExecutor newExecutor() {
					return transport.newExecutor();
				}

				@Override
				public WebSocketConnection connect(ConnectRequest request, SerialExecutor executor,
						ConnectionListener listener) {
					Inbound.this.executor = executor;
					Inbound.this.listener = listener;
					return transport.connect(request, executor, listener);
				}

				@Override
				public void close() {
					transport.close();
				}

			};
		}

	}

}
