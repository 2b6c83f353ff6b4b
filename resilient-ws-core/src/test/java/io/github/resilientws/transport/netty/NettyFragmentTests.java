package io.github.resilientws.transport.netty;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.ServerSocketFactory;

import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.DisconnectCause.Requested;
import io.github.resilientws.settings.TlsSettings;
import io.github.resilientws.test.internal.Deflate;
import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.Pki;
import io.github.resilientws.transport.RawServer;
import io.github.resilientws.transport.RawServer.Frame;
import io.github.resilientws.transport.RawServer.Peer;
import io.github.resilientws.transport.SlowPeer;
import io.github.resilientws.transport.TransportHarness;
import io.github.resilientws.transport.TransportHarness.WriteResult;
import io.github.resilientws.transport.WriteListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Fragments of {@link NettyWebSocketTransport}: with compression, with TLS, cut short.
 */
@Timeout(30)
class NettyFragmentTests {

	private static final int MEGABYTE = 1024 * 1024;

	private static final int LARGE = 16 * MEGABYTE;

	private static final String AGREED = "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n";

	private final ExecutorService blocking = Executors.newCachedThreadPool();

	private final NettyWebSocketTransport transport = new NettyWebSocketTransport(new NameLookups(), true);

	private final TransportHarness client = new TransportHarness(this.transport);

	private final SlowPeer slow = new SlowPeer();

	private RawServer server;

	@AfterEach
	void stop() throws Exception {
		this.client.close();
		if (this.server != null) {
			this.server.close();
		}
		this.transport.close();
		this.blocking.shutdownNow();
	}

	@Test
	void messageIsCompressedOnceAndThenCut() throws Exception {
		this.client.compression = true;
		this.client.maxFrameSize = 1000;
		String large = compressible(MEGABYTE);
		open(AGREED);
		this.slow.allowAll();
		this.client.write(TransportHarness.text("small"), TransportHarness.text(large),
				TransportHarness.text("x".repeat(999)));
		TransportHarness.await()
			.until(() -> this.slow.frames().stream().filter(NettyFragmentTests::isFinal).count() == 3);
		List<Frame> frames = this.slow.frames();
		List<Frame> fragments = frames.subList(1, frames.size() - 1);
		assertThat(fragments).hasSizeBetween(300, 900)
			.allSatisfy((frame) -> assertThat(frame.payload()).hasSizeLessThanOrEqualTo(1000));
		assertThat(fragments.get(0).first()).isEqualTo(0x41);
		assertThat(fragments.subList(1, fragments.size() - 1))
			.allSatisfy((frame) -> assertThat(frame.first()).isZero());
		assertThat(fragments.get(fragments.size() - 1).first()).isEqualTo(0x80);
		assertThat(Deflate.inflate(SlowPeer.join(fragments))).asString(StandardCharsets.UTF_8).isEqualTo(large);
		assertThat(frames.get(frames.size() - 1).first()).isEqualTo(0xC1);
		assertThat(this.client.results()).containsExactly(new WriteResult(3, 3, 3, null));
	}

	@Test
	void pingsGoBetweenCompressedFragments() throws Exception {
		this.client.compression = true;
		open(AGREED);
		this.client.write(TransportHarness.text(compressible(LARGE)));
		this.client.awaitFullSocket();
		ping();
		this.slow.takeUntil(() -> this.slow.count(0x9) == 1, MEGABYTE);
		assertThat(this.client.results()).isEmpty();
	}

	@Test
	void pingsGoBetweenFragmentsWithTls() throws Exception {
		openSecure();
		this.client.write(TransportHarness.binary(new byte[LARGE]));
		this.client.awaitFullSocket();
		ping();
		this.slow.takeUntil(() -> this.slow.count(0x9) == 1, MEGABYTE);
		assertThat(this.client.results()).isEmpty();
	}

	@Test
	void cutOffMessageIsTheOnlyOneThatStartedWithTls() throws Exception {
		openSecure();
		this.client.write(TransportHarness.text("small"), TransportHarness.binary(new byte[LARGE]),
				TransportHarness.text("behind"));
		this.client.awaitFullSocket();
		this.client.run(this.client.connection()::abort);
		this.client.awaitEnd();
		assertThat(this.client.results()).singleElement().satisfies((result) -> {
			assertThat(result.written()).isOne();
			assertThat(result.started()).isEqualTo(2);
		});
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void bytesTakenGrowWithinOneFrame(boolean secure) throws Exception {
		this.client.maxFrameSize = LARGE;
		if (secure) {
			openSecure();
		}
		else {
			open();
		}
		this.client.write(TransportHarness.binary(new byte[LARGE]));
		for (int i = 0; i < 5; i++) {
			this.client.awaitFullSocket();
			long before = bytesTaken();
			this.slow.takeUntil(() -> bytesTaken() > before, MEGABYTE);
		}
		assertThat(this.client.results()).isEmpty();
		long before = bytesTaken();
		this.slow.allowAll();
		TransportHarness.await().until(() -> this.client.results().size() == 1);
		assertThat(bytesTaken()).isGreaterThan(before).isBetween((long) LARGE, LARGE + MEGABYTE / 4L);
		this.client.run(this.client.connection()::abort);
		this.client.awaitEnd();
		assertThat(bytesTaken()).isGreaterThanOrEqualTo(LARGE);
	}

	@Test
	void peerThatClosesGetsItsAnswerBetweenFragments() throws Exception {
		open();
		this.client.write(TransportHarness.binary(new byte[LARGE]), TransportHarness.text("behind"));
		this.client.write(TransportHarness.text("waiting"));
		this.client.awaitFullSocket();
		this.slow.peer().raw(Peer.close(1001, "enough"));
		this.slow.takeUntil(() -> this.slow.count(0x8) == 1, MEGABYTE);
		assertThat(this.client.awaitEnd()).isEqualTo(new Closed(1001, "enough", true));
		assertCut();
	}

	@Test
	void peerThatBreaksTheProtocolReceivesACloseFrameBetweenFragments() throws Exception {
		open();
		this.client.write(TransportHarness.binary(new byte[LARGE]), TransportHarness.text("behind"));
		this.client.write(TransportHarness.text("waiting"));
		this.client.awaitFullSocket();
		this.slow.peer().raw(Peer.frame(0x83, new byte[0]));
		this.slow.takeUntil(() -> this.slow.count(0x8) == 1, MEGABYTE);
		assertThat(this.client.awaitEnd()).isInstanceOfSatisfying(Closed.class,
				(closed) -> assertThat(closed.code()).isEqualTo(1002));
		assertCut();
	}

	@Test
	void closeFrameThatCannotWaitForAMessageCutsIt() throws Exception {
		this.client.closeTimeout = Duration.ofSeconds(1);
		open();
		this.client.write(TransportHarness.binary(new byte[LARGE]), TransportHarness.text("behind"));
		this.client.write(TransportHarness.text("waiting"));
		this.client.awaitFullSocket();
		this.client.run(() -> this.client.connection().close(1000, "bye"));
		// after half of the close time-out
		TransportHarness.await().until(() -> {
			this.slow.allow(1024);
			return this.slow.count(0x8) == 1;
		});
		assertThat(this.client.awaitEnd()).isEqualTo(new Requested());
		assertCut();
	}

	private void assertCut() {
		assertThat(this.slow.messages()).isEmpty();
		assertThat(this.client.results()).hasSize(2);
		assertThat(this.client.results().get(0)).satisfies((result) -> {
			assertThat(result.written()).isZero();
			assertThat(result.started()).isOne();
			assertThat(result.failure()).isNotNull();
		});
		assertThat(this.client.results().get(1)).satisfies((result) -> {
			assertThat(result.started()).isZero();
			assertThat(result.failure()).isNotNull();
		});
	}

	private void ping() {
		this.client.run(() -> this.client.connection().ping(new byte[] { 1 }, WriteListener.NONE));
	}

	private long bytesTaken() {
		return this.client.call(this.client.connection()::getBytesTaken);
	}

	private void open(String... more) throws Exception {
		this.server = this.slow.start(ServerSocketFactory.getDefault(), more);
		connect("ws");
	}

	private void openSecure() throws Exception {
		X509Bundle authority = Pki.authority("ours");
		X509Bundle own = Pki.certificate("localhost").buildIssuedBy(authority);
		this.client.tls = TlsSettings.of(Pki.context(null, authority.getCertificate()));
		this.server = this.slow.start(Pki.sockets(Pki.context(own), false));
		connect("wss");
	}

	private void connect(String scheme) {
		this.client.connect(URI.create(scheme + "://localhost:" + this.server.port() + "/"));
		this.client.awaitSignal("open");
		TransportHarness.await().until(() -> this.slow.peer() != null);
	}

	private static boolean isFinal(Frame frame) {
		return (frame.first() & 0x80) != 0;
	}

	// about half of it remains
	private static String compressible(int size) {
		Random random = new Random(size);
		StringBuilder text = new StringBuilder(size);
		while (text.length() < size) {
			text.append(Integer.toHexString(random.nextInt(16)));
		}
		return text.toString();
	}

}
