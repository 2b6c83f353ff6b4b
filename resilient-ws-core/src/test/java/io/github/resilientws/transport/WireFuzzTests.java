package io.github.resilientws.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.internal.ClientRuntime;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.transport.RawServer.Frame;
import io.github.resilientws.transport.RawServer.Peer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Complete clients connect to servers that break the rules, over any transport: the
 * result is as expected, each connection ends once and is tried again after a delay,
 * other clients are not affected, and no line of the log is forged.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
public abstract class WireFuzzTests {

	// line ends, escapes and whatever else makes one line look like two
	private static final Pattern FORGED = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029\\u202E]");

	// what the other JVM cannot see
	private static final Pattern SENT = Pattern.compile(", sent \\d+");

	private final Log log = new Log();

	private final AtomicInteger echoed = new AtomicInteger();

	private WebSocketTransport transport;

	private ClientRuntime runtime;

	private RawServer echo;

	private List<ResilientWebSocketClient> neighbours;

	protected abstract WebSocketTransport createTransport();

	/**
	 * Return where the transport differs.
	 * @return the differences
	 */
	protected List<WireDifference> differences() {
		return List.of();
	}

	static Stream<WireCase> cases() {
		return Stream.of(FrameWireCases.all(), PayloadWireCases.all(), HandshakeWireCases.all()).flatMap(List::stream);
	}

	@BeforeAll
	void start() throws Exception {
		this.log.start();
		this.transport = createTransport();
		this.runtime = ClientRuntime.create(8, false, this.transport);
		this.echo = new RawServer((peer) -> {
			peer.accept();
			for (Frame frame = peer.read(); frame.opcode() != 8; frame = peer.read()) {
				peer.raw(Peer.text(frame.text()));
			}
		});
		// at least one on each event loop
		this.neighbours = IntStream.range(0, Runtime.getRuntime().availableProcessors())
			.mapToObj((i) -> neighbour("neighbour-" + i))
			.toList();
	}

	private ResilientWebSocketClient neighbour(String name) {
		ResilientWebSocketClient client = this.runtime.builder(name)
			.urls(List.of(this.echo.url()))
			.heartbeat((heartbeat) -> heartbeat.withMode(Mode.OFF))
			.listener((message) -> this.echoed.incrementAndGet())
			.build();
		client.connect().join();
		return client;
	}

	@AfterAll
	void stop() throws Exception {
		this.neighbours.forEach((neighbour) -> neighbour.disconnect().join());
		this.echo.close();
		this.runtime.close();
		this.transport.close();
		this.log.stop();
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("cases")
	void survives(WireCase wireCase) throws Exception {
		this.log.lines.clear();
		String expected = expected(wireCase);
		try (WireServer server = new WireServer(wireCase);
				WireVictim victim = new WireVictim(this.runtime, server.url(), wireCase.compression(),
						WireVictim.isPatient(expected))) {
			String outcome = withSent(victim.await(), server);
			assertNeighboursTalk();
			assertThat(outcome).isIn((Object[]) expected.split(WireDifference.OR));
			if (outcome.startsWith(WireCase.OPEN)) {
				assertThat(victim.ends()).isZero();
				return;
			}
			assertThat(victim.ends()).isOne();
			assertThat(victim.delays()).hasSize(outcome.endsWith("FAILED") ? 0 : 1)
				.allSatisfy((delay) -> assertThat(delay).isGreaterThanOrEqualTo(WireVictim.INITIAL_DELAY));
		}
		finally {
			assertThat(this.log.lines).noneMatch((line) -> FORGED.matcher(line).find());
		}
	}

	// the connection has to end for the server too
	private static String withSent(String outcome, WireServer server) throws Exception {
		if (outcome.startsWith(WireCase.OPEN) || outcome.equals(WireVictim.TIMEOUT)) {
			return outcome;
		}
		int sent = server.closeCode().get(30, TimeUnit.SECONDS);
		return (!outcome.startsWith("by ") || outcome.endsWith(" " + sent)) ? outcome : outcome + ", sent " + sent;
	}

	private void assertNeighboursTalk() {
		int before = this.echoed.get();
		this.neighbours.forEach((neighbour) -> neighbour.send("hello"));
		TransportHarness.await().until(() -> this.echoed.get() >= before + this.neighbours.size());
		assertThat(this.neighbours).allMatch(ResilientWebSocketClient::isReady);
	}

	@Test
	@Timeout(180)
	void survivesInASmallHeap() throws Exception {
		List<WireCase> heavy = cases().filter(WireCase::heavy)
			.filter((wireCase) -> !expected(wireCase).equals(WireVictim.TIMEOUT))
			.toList();
		List<WireServer> servers = new ArrayList<>();
		try {
			for (WireCase wireCase : heavy) {
				servers.add(new WireServer(wireCase));
			}
			List<String> output = SmallHeap.meet(getClass(), servers,
					heavy.stream().map(WireCase::compression).toList(),
					heavy.stream().map((wireCase) -> WireVictim.isPatient(expected(wireCase))).toList());
			assertThat(output).noneMatch((line) -> line.contains("OutOfMemory"))
				// stack traces are indented by tabs
				.noneMatch((line) -> FORGED.matcher(line.replace("\t", "")).find());
			List<String> outcomes = output.stream()
				.filter((line) -> line.startsWith(SmallHeap.OUTCOME))
				.map((line) -> line.substring(SmallHeap.OUTCOME.length()))
				.toList();
			assertThat(outcomes).hasSameSizeAs(heavy);
			for (int i = 0; i < outcomes.size(); i++) {
				assertThat(outcomes.get(i)).as(heavy.get(i).name())
					.isIn((Object[]) SENT.matcher(expected(heavy.get(i))).replaceAll("").split(WireDifference.OR));
			}
		}
		finally {
			for (WireServer server : servers) {
				server.close();
			}
		}
	}

	private String expected(WireCase wireCase) {
		return difference(wireCase).map(WireDifference::outcome).orElse(wireCase.expected());
	}

	private Optional<WireDifference> difference(WireCase wireCase) {
		Predicate<WireDifference> names = (difference) -> difference.names(wireCase);
		Predicate<WireDifference> replaces = (difference) -> difference.replaces(wireCase);
		return differences().stream()
			.filter(names)
			.findFirst()
			.or(() -> differences().stream().filter(replaces).findFirst());
	}

	@Test
	void everyDifferenceIsOne() {
		List<WireCase> cases = cases().toList();
		assertThat(cases).hasSizeGreaterThan(100).extracting(WireCase::name).doesNotHaveDuplicates();
		assertThat(differences().stream().flatMap((difference) -> difference.cases().stream())).doesNotHaveDuplicates()
			.isSubsetOf(cases.stream().map(WireCase::name).toList());
		assertThat(cases).filteredOn((wireCase) -> difference(wireCase).isPresent())
			.noneMatch((wireCase) -> expected(wireCase).equals(wireCase.expected()));
		assertThat(cases.stream().map(this::difference).flatMap(Optional::stream).distinct())
			.containsExactlyInAnyOrderElementsOf(differences());
	}

	private static final class Log extends AppenderBase<ILoggingEvent> {

		private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.resilientws");

		private final Queue<String> lines = new ConcurrentLinkedQueue<>();

		private Level level;

		@Override
		public void start() {
			super.start();
			this.level = this.logger.getLevel();
			this.logger.setLevel(Level.ALL);
			this.logger.addAppender(this);
		}

		@Override
		public void stop() {
			this.logger.detachAppender(this);
			this.logger.setLevel(this.level);
			super.stop();
		}

		@Override
		protected void append(ILoggingEvent event) {
			this.lines.add(event.getFormattedMessage());
		}

	}

}
