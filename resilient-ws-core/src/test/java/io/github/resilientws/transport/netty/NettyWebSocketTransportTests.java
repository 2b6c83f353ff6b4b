package io.github.resilientws.transport.netty;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.DisconnectCause.Requested;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.HeldResolver;
import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.RawServer.Peer;
import io.github.resilientws.transport.TransportHarness;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WebSocketTransportContractTests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * {@link NettyWebSocketTransport} on the best I/O model there is.
 */
class NettyWebSocketTransportTests extends WebSocketTransportContractTests {

	@Override
	protected WebSocketTransport createTransport() {
		return new NettyWebSocketTransport(new NameLookups(), true);
	}

	@Test
	void resolvesOffTheEventLoopAndIgnoresALateResult() throws Exception {
		HeldResolver resolver = new HeldResolver();
		try (WebSocketTransport transport = new NettyWebSocketTransport(new NameLookups(resolver), true);
				TransportHarness client = new TransportHarness(transport)) {
			client.connect(URI.create("ws://server.test/"));
			TransportHarness.await().until(() -> resolver.asked.size() == 1);
			client.run(client.connection()::abort);
			assertThat(client.awaitEnd()).isEqualTo(new Requested());
			resolver.release.countDown();
			client.run(() -> {
			});
			assertThat(client.listener.signals).containsExactly("closed");
		}
	}

	@Test
	void addressNeedsNoLookup() throws Exception {
		HeldResolver resolver = new HeldResolver();
		try (WebSocketTransport transport = new NettyWebSocketTransport(new NameLookups(resolver), true);
				TransportHarness client = new TransportHarness(transport)) {
			client.open((peer) -> peer.accept());
			assertThat(resolver.asked).isEmpty();
		}
	}

	@Test
	void rejectedLookupFailsTheAttempt() throws Exception {
		NameLookups closed = new NameLookups();
		closed.close();
		try (WebSocketTransport transport = new NettyWebSocketTransport(closed, true);
				TransportHarness client = new TransportHarness(transport)) {
			client.connect(URI.create("ws://localhost:1"));
			assertThat(client.awaitEnd()).isInstanceOf(ConnectFailed.class);
		}
	}

	@Test
	void lookupThatEndsAfterTheTransportIsHarmless() throws Exception {
		HeldResolver resolver = new HeldResolver();
		WebSocketTransport transport = new NettyWebSocketTransport(new NameLookups(resolver), true);
		TransportHarness client = new TransportHarness(transport);
		client.connect(URI.create("ws://server.test:1"));
		TransportHarness.await().until(() -> resolver.asked.size() == 1);
		transport.close();
		assertThat(client.awaitEnd()).isEqualTo(new Requested());
		resolver.release.countDown();
	}

	@Test
	void failingListenerDoesNotHarmTheConnection() throws Exception {
		try (WebSocketTransport transport = createTransport();
				TransportHarness client = new TransportHarness(transport)) {
			client.reading = false;
			client.open((peer) -> {
				peer.accept();
				peer.raw(Peer.text(peer.read().text()));
				peer.awaitEnd();
			});
			client.run(() -> {
				client.connection().write(List.of(TransportHarness.text("a")), (written, started, failure) -> {
					throw new IllegalStateException("write listener");
				});
				client.connection().resumeReading();
			});
			client.awaitSignal("text a");
		}
	}

	@Test
	void threadsAreNamedAndFollowTheDaemonFlag() {
		try (WebSocketTransport transport = new NettyWebSocketTransport(new NameLookups(), false);) {
			TransportHarness client = new TransportHarness(transport);
			Thread thread = client.call(Thread::currentThread);
			assertThat(thread.getName()).startsWith("resilient-ws-io-");
			assertThat(thread.isDaemon()).isFalse();
			assertThat(client.call(client.executor()::inExecutor)).isTrue();
			assertThat(client.executor().inExecutor()).isFalse();
		}
	}

	@Test
	void timersRunAndCanBeCancelled() {
		List<String> ran = new ArrayList<>();
		try (WebSocketTransport transport = createTransport()) {
			TransportHarness client = new TransportHarness(transport);
			client.call(() -> {
				client.executor().schedule(() -> ran.add("cancelled"), 1_000_000).cancel();
				return client.executor().schedule(() -> ran.add("b"), 20_000_000);
			});
			client.run(() -> client.executor().schedule(() -> ran.add("a"), 1_000_000));
			TransportHarness.await().until(() -> client.call(() -> List.copyOf(ran)).size() == 2);
			assertThat(client.call(() -> List.copyOf(ran))).containsExactly("a", "b");
		}
	}

	@Test
	void urlThatIsNoWebSocketUrlIsRefused() {
		try (WebSocketTransport transport = createTransport()) {
			ConnectRequest request = new ConnectRequest(URI.create("http://localhost/"), Map.of(), List.of(), 1, 1,
					Duration.ofSeconds(1), Duration.ofSeconds(1), null, ProxySettings.NONE, false);
			assertThatIllegalArgumentException().isThrownBy(() -> transport.connect(request, transport.newExecutor(),
					new TransportHarness(transport).listener));
		}
	}

}
