package io.github.resilientws.transport;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
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

import io.github.resilientws.HeartbeatSettings.Mode;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.core.ClientRuntime;
import io.github.resilientws.transport.RawServer.Frame;
import io.github.resilientws.transport.RawServer.Peer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Servers that break the rules, met by complete clients over any transport: what comes of
 * it, that it ends once and is tried again after a delay, that nobody else suffers, and
 * that no line of the log is forged.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
public abstract class WireFuzzTests {

	// line ends, escapes and whatever else makes one line look like two
	private static final Pattern FORGED = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029\\u202E]");

	private final Log log = new Log();

	private final AtomicInteger echoed = new AtomicInteger();

	private WebSocketTransport transport;

	private ClientRuntime runtime;

	private RawServer echo;

	private List<ResilientWebSocketClient> neighbours;

	protected abstract WebSocketTransport createTransport();

	/**
	 * Return where the transport differs.
	 * @return outcomes by name of the case
	 */
	protected Map<String, String> differences() {
		return Map.of();
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
		try (WireServer server = new WireServer(wireCase);
				WireVictim victim = new WireVictim(this.runtime, server.url(), wireCase.compression())) {
			String outcome = victim.await();
			assertNeighboursTalk();
			assertThat(outcome).isEqualTo(expected(wireCase));
			if (outcome.startsWith(WireCase.OPEN)) {
				assertThat(victim.ends()).isZero();
				return;
			}
			assertThat(victim.ends()).isOne();
			assertThat(victim.delays()).hasSize(outcome.endsWith("FAILED") ? 0 : 1)
				.allSatisfy((delay) -> assertThat(delay).isGreaterThanOrEqualTo(WireVictim.INITIAL_DELAY));
			if (outcome.startsWith("by ")) {
				assertThat("by us or peer " + server.closeCode().get())
					.endsWith(outcome.substring(outcome.length() - 4));
			}
		}
		finally {
			assertThat(this.log.lines).noneMatch((line) -> FORGED.matcher(line).find());
		}
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
		List<WireCase> heavy = cases().filter(WireCase::heavy).toList();
		List<WireServer> servers = new ArrayList<>();
		try {
			for (WireCase wireCase : heavy) {
				servers.add(new WireServer(wireCase));
			}
			List<String> output = SmallHeap.meet(getClass(), servers,
					heavy.stream().map(WireCase::compression).toList());
			assertThat(output).noneMatch((line) -> line.contains("OutOfMemory"));
			assertThat(output).filteredOn((line) -> line.startsWith(SmallHeap.OUTCOME))
				.containsExactlyElementsOf(
						heavy.stream().map((wireCase) -> SmallHeap.OUTCOME + expected(wireCase)).toList());
		}
		finally {
			for (WireServer server : servers) {
				server.close();
			}
		}
	}

	private String expected(WireCase wireCase) {
		return differences().getOrDefault(wireCase.name(), wireCase.expected());
	}

	@Test
	void differencesNameCases() {
		assertThat(cases().map(WireCase::name)).doesNotHaveDuplicates()
			.hasSizeGreaterThan(100)
			.containsAll(differences().keySet());
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
