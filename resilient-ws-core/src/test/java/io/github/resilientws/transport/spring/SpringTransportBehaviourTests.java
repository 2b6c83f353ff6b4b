package io.github.resilientws.transport.spring;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.DisconnectCause.HandshakeRefused;
import io.github.resilientws.DisconnectCause.Requested;
import io.github.resilientws.DisconnectCause.WriteFailed;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.InboundSettings;
import io.github.resilientws.settings.InboundSettings.Dispatch;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.HeldResolver;
import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.RawServer.Frame;
import io.github.resilientws.transport.RawServer.Peer;
import io.github.resilientws.transport.TransportHarness;
import io.github.resilientws.transport.WebSocketTransport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

/**
 * What {@link SpringWebSocketTransport} does beyond the contract.
 */
@Timeout(30)
class SpringTransportBehaviourTests {

	private static final ClientSettings SETTINGS = ClientSettings.defaults("chat");

	private final ExecutorService blocking = Executors.newCachedThreadPool();

	private final SpringWebSocketTransport transport = new SpringWebSocketTransport(this.blocking, new NameLookups(),
			true, Duration.ofMillis(500));

	private final TransportHarness client = new TransportHarness(this.transport);

	private final CountDownLatch proceed = new CountDownLatch(1);

	@AfterEach
	void close() throws Exception {
		this.proceed.countDown();
		this.client.close();
		this.transport.close();
		this.blocking.shutdownNow();
	}

	@Test
	void sendThatStallsFailsAfterItsTimeout() throws Exception {
		this.client.open((peer) -> {
			peer.accept();
			this.proceed.await();
		});
		this.client.write(TransportHarness.binary(new byte[16 * 1024 * 1024]), TransportHarness.text("behind"));
		assertThat(this.client.awaitEnd()).isInstanceOf(WriteFailed.class);
		assertThat(this.client.results()).singleElement().satisfies((result) -> {
			assertThat(result.written()).isZero();
			assertThat(result.started()).isOne();
			assertThat(result.failure()).isNotNull();
		});
	}

	@Test
	void closeBehindAStalledSendIsBounded() throws Exception {
		this.client.closeTimeout = Duration.ofMillis(100);
		CompletableFuture<Integer> rest = new CompletableFuture<>();
		this.client.open((peer) -> {
			peer.accept();
			this.proceed.await();
			rest.complete(peer.in().readAllBytes().length);
		});
		this.client.write(TransportHarness.binary(new byte[16 * 1024 * 1024]));
		this.client.awaitFullSocket();
		this.client.run(() -> this.client.connection().close(1000, ""));
		assertThat(this.client.awaitEnd()).isIn(new Requested());
		this.proceed.countDown();
		assertThat(rest.get(5, TimeUnit.SECONDS)).isLessThan(16 * 1024 * 1024);
	}

	@Test
	void abortWritesNoCloseFrameAndEndsTheSocketAtOnce() throws Exception {
		CompletableFuture<byte[]> rest = new CompletableFuture<>();
		this.client.open((peer) -> {
			peer.accept();
			rest.complete(peer.in().readAllBytes());
		});
		this.client.run(this.client.connection()::abort);
		assertThat(this.client.awaitEnd()).isEqualTo(new Requested());
		assertThat(rest.get(5, TimeUnit.SECONDS)).isEmpty();
	}

	@Test
	void messagesThatAreNotTakenAreBounded() throws Exception {
		byte[] messages = new byte[64 * 1028];
		for (int i = 0; i < 64; i++) {
			System.arraycopy(Peer.frame(0x82, new byte[1024]), 0, messages, i * 1028, 1028);
		}
		AtomicInteger sent = new AtomicInteger();
		this.client.open((peer) -> {
			peer.accept();
			for (int i = 0; i < 200; i++) {
				peer.raw(messages);
				sent.incrementAndGet();
			}
			peer.awaitEnd();
		});
		CountDownLatch release = new CountDownLatch(1);
		this.client.executor().execute(() -> awaitQuietly(release));
		AtomicInteger before = new AtomicInteger(-1);
		TransportHarness.await().during(Duration.ofMillis(500)).until(() -> before.getAndSet(sent.get()) == sent.get());
		assertThat(sent.get()).isLessThan(200);
		release.countDown();
		TransportHarness.await().until(() -> this.client.listener.binaries.size() == 200 * 64);
	}

	@Test
	void attemptThatIsGivenUpLeavesNoThreadBehind() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		this.client.connect((peer) -> {
			peer.readRequest();
			asked.countDown();
			this.proceed.await();
		});
		asked.await();
		this.client.run(this.client.connection()::abort);
		this.client.awaitEnd();
		this.blocking.shutdown();
		assertThat(this.blocking.awaitTermination(5, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void attemptHoldsNoThreadWhileItsNameIsLookedUp() throws Exception {
		HeldResolver outage = new HeldResolver();
		AtomicInteger threads = new AtomicInteger();
		SpringWebSocketTransport stranded = new SpringWebSocketTransport((task) -> {
			threads.incrementAndGet();
			this.blocking.execute(task);
		}, new NameLookups(outage), true, Duration.ofMillis(500));
		try (TransportHarness first = new TransportHarness(stranded);
				TransportHarness second = new TransportHarness(stranded)) {
			first.connect(URI.create("ws://first.invalid/"));
			second.connect(URI.create("ws://second.invalid/"));
			// clients that share a thread do not wait for each other's names
			TransportHarness.await().until(() -> outage.asked.size() == 2);
			assertThat(threads).hasValue(0);
			first.run(first.connection()::abort);
			assertThat(first.awaitEnd()).isEqualTo(new Requested());
			outage.release.countDown();
			assertThat(second.awaitEnd()).isInstanceOf(ConnectFailed.class);
			assertThat(threads).hasValue(1);
		}
		finally {
			outage.release.countDown();
			stranded.close();
		}
	}

	@Test
	void hostWithUnderscoreIsRefusedWithAText() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.transport.connect(
					new ConnectRequest(URI.create("ws://my_host/"), Map.of(), List.of(), 1, 100, Duration.ofSeconds(1),
							Duration.ofSeconds(1), null, ProxySettings.NONE, false),
					this.client.executor(), this.client.listener))
			.withMessage("the spring transport cannot connect to a host with '_'; use the netty transport");
	}

	@Test
	void lateSessionOfAClientThatConnectsElsewhereIsClosed() throws Exception {
		StandardWebSocketClient elsewhere = new StandardWebSocketClient();
		elsewhere.setTaskExecutor(new SimpleAsyncTaskExecutor("elsewhere-"));
		CompletableFuture<byte[]> rest = new CompletableFuture<>();
		CountDownLatch asked = new CountDownLatch(1);
		TransportHarness late = new TransportHarness(this.transport.over(elsewhere));
		late.connect((peer) -> {
			String answer = peer.switching();
			asked.countDown();
			this.proceed.await();
			peer.raw(answer.getBytes());
			rest.complete(peer.in().readAllBytes());
		});
		asked.await();
		late.run(late.connection()::abort);
		assertThat(late.awaitEnd()).isEqualTo(new Requested());
		this.proceed.countDown();
		assertThat(rest.get(5, TimeUnit.SECONDS)).isEmpty();
		assertThat(late.listener.signals).containsExactly("closed");
		late.close();
	}

	@Test
	void redirectIsNotFollowed() throws Exception {
		assertThat(followsRedirect(this.client)).isFalse();
	}

	@Test
	void redirectIsNotFollowedByAGivenClient() throws Exception {
		try (TransportHarness given = new TransportHarness(this.transport.over(new StandardWebSocketClient()))) {
			assertThat(followsRedirect(given)).isFalse();
		}
	}

	@Test
	void givenClientThatShallFollowRedirectsDoes() throws Exception {
		StandardWebSocketClient own = new StandardWebSocketClient();
		own.setUserProperties(Map.of("org.apache.tomcat.websocket.MAX_REDIRECTIONS", "1"));
		try (TransportHarness given = new TransportHarness(this.transport.over(own))) {
			assertThat(followsRedirect(given)).isTrue();
		}
	}

	@Test
	void propertiesOfAGivenClientAreKept() {
		StandardWebSocketClient own = new StandardWebSocketClient();
		own.setUserProperties(Map.of("mine", "yes"));
		this.transport.over(own);
		assertThat(own.getUserProperties()).containsOnly(entry("mine", "yes"),
				entry("org.apache.tomcat.websocket.MAX_REDIRECTIONS", "0"));
	}

	@Test
	void compressionIsOfferedAndInflationIsBounded() throws Exception {
		this.client.compression = true;
		this.client.maxMessageSize = 100_000;
		CompletableFuture<String> offered = new CompletableFuture<>();
		CompletableFuture<Frame> close = new CompletableFuture<>();
		this.client.open((peer) -> {
			peer.accept("Sec-WebSocket-Extensions: permessage-deflate\r\n");
			offered.complete(peer.headers().get("Sec-WebSocket-Extensions"));
			peer.raw(Peer.frame(0xC1, deflate(50_000)), Peer.frame(0xC1, deflate(200_000_000)));
			close.complete(peer.read());
		});
		assertThat(this.client.awaitEnd()).isEqualTo(new Closed(1009, "message too large", false));
		assertThat(offered.get()).isEqualTo("permessage-deflate");
		assertThat(this.client.listener.signals).hasSize(3)
			.element(1)
			.satisfies((text) -> assertThat(text).hasSize("text ".length() + 50_000));
		assertThat(close.get(5, TimeUnit.SECONDS).payload()).startsWith(0x03, 0xF1);
	}

	@Test
	void rejectedThreadFailsTheAttempt() {
		this.blocking.shutdownNow();
		this.client.connect(URI.create("ws://127.0.0.1:1"));
		assertThat(this.client.awaitEnd()).isInstanceOfSatisfying(ConnectFailed.class,
				(failed) -> assertThat(failed.failure()).isInstanceOf(RejectedExecutionException.class));
	}

	@Test
	void closeEndsTheThreads() throws Exception {
		List<TransportHarness> clients = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			TransportHarness harness = new TransportHarness(this.transport);
			harness.open((peer) -> {
				peer.accept();
				peer.awaitEnd();
			});
			clients.add(harness);
		}
		Set<Thread> own = clients.stream().map((each) -> each.call(Thread::currentThread)).collect(Collectors.toSet());
		assertThat(own).hasSizeLessThanOrEqualTo(Runtime.getRuntime().availableProcessors())
			.allSatisfy((thread) -> assertThat(thread.getName()).startsWith("resilient-ws-io-"));
		this.transport.close();
		for (TransportHarness each : clients) {
			assertThat(each.awaitEnd()).isEqualTo(new Requested());
		}
		TransportHarness.await().until(() -> own.stream().noneMatch(Thread::isAlive));
	}

	@Test
	void proxyIsRefused() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> this.transport.check(SETTINGS.withProxy(ProxySettings.http("proxy", 3128)), false))
			.withMessageContaining("proxy.host")
			.withMessageContaining("transport: netty");
		this.transport.check(SETTINGS, true);
	}

	@Test
	void directDispatchIsRefused() {
		ClientSettings direct = SETTINGS.withInbound(InboundSettings.DEFAULTS.withDispatch(Dispatch.DIRECT));
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> this.transport.check(direct, false))
			.withMessageContaining("inbound.dispatch")
			.withMessageContaining("allowed is lane");
	}

	@Test
	void trustMaterialNextToAGivenClientIsRefused() {
		WebSocketTransport over = this.transport.over(new StandardWebSocketClient());
		over.check(SETTINGS, false);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> over.check(SETTINGS, true))
			.withMessageContaining("ssl.bundle");
	}

	private static boolean followsRedirect(TransportHarness client) throws Exception {
		CompletableFuture<Void> followed = new CompletableFuture<>();
		URI target = client.server((peer) -> followed.complete(null)).url();
		client.connect((peer) -> {
			peer.readRequest();
			peer.raw(("HTTP/1.1 302 Found\r\nLocation: " + target.toString().replace("ws:", "http:")
					+ "\r\nContent-Length: 0\r\n\r\n")
				.getBytes());
		});
		DisconnectCause cause = client.awaitEnd();
		if (!followed.isDone()) {
			assertThat(cause).isInstanceOfSatisfying(HandshakeRefused.class,
					(refused) -> assertThat(refused.status()).isEqualTo(302));
		}
		return followed.isDone();
	}

	private static byte[] deflate(int length) throws Exception {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		Deflater deflater = new Deflater(9, true);
		DeflaterOutputStream stream = new DeflaterOutputStream(bytes, deflater, 8192, true);
		byte[] block = "a".repeat(10_000).getBytes();
		for (int written = 0; written < length; written += block.length) {
			stream.write(block);
		}
		stream.flush();
		deflater.end();
		// RFC 7692, section 7.2.1
		return Arrays.copyOf(bytes.toByteArray(), bytes.size() - 4);
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
