package io.github.resilientws.transport.netty;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.RawServer;
import io.github.resilientws.transport.RecordingListener;
import io.github.resilientws.transport.TransportHarness;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Dialer}. 127.0.0.2 and 127.0.0.3 refuse connections.
 */
class DialerTests {

	private final SecureRandom random = new SecureRandom();

	private final IoModel model = IoModel.nio();

	private final EventLoops loops = new EventLoops(this.model, true, this.random);

	private final RecordingListener listener = new RecordingListener(() -> {
	});

	private RawServer server;

	@BeforeEach
	void startServer() throws Exception {
		this.server = new RawServer((peer) -> {
			peer.accept();
			peer.awaitEnd();
		});
	}

	@AfterEach
	void stop() throws Exception {
		this.loops.shutDown(1, TimeUnit.SECONDS);
		this.server.close();
	}

	@Test
	void triesAddressesInTurn() throws Exception {
		dial("127.0.0.2", "127.0.0.3", "127.0.0.1");
		TransportHarness.await().until(() -> this.listener.signals.contains("open"));
	}

	@Test
	void failsWhenNoAddressAnswers() throws Exception {
		dial("127.0.0.2", "127.0.0.3");
		TransportHarness.await().until(() -> !this.listener.causes.isEmpty());
		assertThat(this.listener.causes).singleElement()
			.isInstanceOfSatisfying(ConnectFailed.class,
					(failed) -> assertThat(failed.failure()).isInstanceOf(ConnectException.class)
						.hasMessageContaining("127.0.0.3"));
	}

	private void dial(String... addresses) throws Exception {
		ArrayDeque<InetAddress> queue = new ArrayDeque<>();
		for (String address : addresses) {
			queue.add(InetAddress.getByName(address));
		}
		ConnectRequest request = new ConnectRequest(this.server.url(), Map.of(), List.of(), 100, 100,
				Duration.ofSeconds(5), Duration.ofSeconds(1), null, ProxySettings.NONE, false);
		DialerResources resources = new DialerResources(new NameLookups(), this.model.channels(), new ClientTls(),
				this.random);
		EventLoopExecutor executor = this.loops.newExecutor(System::nanoTime);
		NettyConnection connection = new NettyConnection(executor, this.listener, request, (ended) -> {
		});
		Dialer dialer = new Dialer(resources, request, executor, connection);
		executor.execute(() -> dialer.connect(queue, new UnknownHostException("no address")));
	}

}
