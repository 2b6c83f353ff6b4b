package io.github.resilientws.internal.handshake;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.test.ScriptedTransport;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WebSocketTransport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.is;

/**
 * Customizers, which run on real threads inside virtual time.
 */
class AttemptPreparationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@Test
	void suppliesEveryAttemptAnew() {
		AtomicInteger calls = new AtomicInteger();
		Rig rig = rig((handshake) -> {
			assertThat(handshake.getClientName()).isEqualTo("chat");
			assertThat(handshake.getAttempt()).isEqualTo(calls.incrementAndGet());
			assertThat(handshake.getLastCause())
				.isEqualTo((calls.get() == 1) ? null : new DisconnectCause.Closed(1006, "", true));
			handshake.setUrl(URI.create("ws://host" + calls.get() + "/"));
			handshake.setHeader("X-Try", "no " + calls.get());
		});
		rig.client.connect();
		awaitState(rig, ConnectionState.READY);
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(1));
		awaitState(rig, ConnectionState.READY);
		assertThat(rig.connection().request().url()).hasHost("host2");
		assertThat(rig.connection().request().headers()).containsEntry("X-Try", "no 2");
	}

	@Test
	void whatACustomizerThrowsIsRetried() {
		AtomicBoolean broken = new AtomicBoolean(true);
		Rig rig = rig((handshake) -> {
			if (broken.getAndSet(false)) {
				throw new NoClassDefFoundError("broken");
			}
		});
		rig.client.connect();
		awaitState(rig, ConnectionState.BACKING_OFF);
		assertThat(rig.observed()).endsWith("scheduled 2 PT1S SupplyFailed NoClassDefFoundError");
		assertThat(rig.attempts()).isZero();
		rig.advance(Duration.ofSeconds(1));
		awaitState(rig, ConnectionState.READY);
	}

	@Test
	void lateResultsAreDiscardedAndOnlySoManyCallsMayHang() {
		CountDownLatch hang = new CountDownLatch(1);
		AtomicInteger running = new AtomicInteger();
		Rig rig = rig((handshake) -> {
			running.incrementAndGet();
			hang.await(10, TimeUnit.SECONDS);
			running.decrementAndGet();
		});
		rig.client.connect();
		await().untilAtomic(running, is(1));
		rig.advance(TIMEOUT.minusNanos(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.CONNECTING);
		rig.advance(Duration.ofNanos(1));
		assertThat(rig.observed()).endsWith("attempt SupplyFailed TimeoutException PT10S",
				"scheduled 2 PT1S SupplyFailed TimeoutException");
		rig.advance(Duration.ofSeconds(1));
		await().untilAtomic(running, is(2));
		rig.advance(TIMEOUT.plusMillis(1500));
		await().untilAtomic(running, is(3));
		rig.advance(TIMEOUT.plusMillis(2250));
		assertThat(rig.observed("attempt")).endsWith("attempt SupplyFailed PreparationException PT0S");
		rig.client.suspend();
		hang.countDown();
		await().untilAtomic(running, is(0));
		rig.client.resume();
		awaitState(rig, ConnectionState.READY);
		assertThat(rig.attempts()).isOne();
	}

	@Test
	void aTransportThatThrowsFailsTheAttempt() {
		ScriptedTransport scripted = new ScriptedTransport();
		WebSocketTransport broken = new WebSocketTransport() {

			@Override
			public SerialExecutor newExecutor() {
				return scripted.newExecutor();
			}

			@Override
			public WebSocketConnection connect(ConnectRequest request, SerialExecutor executor,
					ConnectionListener listener) {
				throw new IllegalArgumentException("broken");
			}

			@Override
			public void close() {
				scripted.close();
			}

		};
		ResilientWebSocketClient client = ResilientWebSocketClient.builder("chat", URI.create("ws://localhost:1/"))
			.component(WebSocketTransport.class, broken)
			.build();
		client.connect();
		assertThat(client.getState()).isEqualTo(ConnectionState.BACKING_OFF);
		assertThat(client.getStatus().lastCause()).isInstanceOf(DisconnectCause.ConnectFailed.class);
	}

	@Test
	void aBlockedCustomizerDoesNotHinderTheClose() {
		CountDownLatch hang = new CountDownLatch(1);
		Rig rig = rig((handshake) -> hang.await(10, TimeUnit.SECONDS));
		rig.client.connect();
		rig.client.disconnect().orTimeout(5, TimeUnit.SECONDS).join();
		hang.countDown();
		rig.advance(Duration.ofHours(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(rig.attempts()).isZero();
	}

	@Test
	void anAttemptWithoutAUrlIsASupplyFailure() {
		Rig rig = new Rig((builder) -> builder.urls(List.of()).handshakeCustomizer((handshake) -> {
		}));
		rig.client.connect();
		awaitState(rig, ConnectionState.BACKING_OFF);
		assertThat(rig.client.getStatus().lastCause()).isInstanceOf(DisconnectCause.SupplyFailed.class);
	}

	@Test
	void refusalsGetOneFreshAttemptAtOnceAndThreeInAll() {
		Rig rig = rig((handshake) -> {
		});
		rig.transport.failWith(new DisconnectCause.HandshakeRefused(401, Map.of()));
		rig.client.connect();
		awaitState(rig, ConnectionState.BACKING_OFF);
		rig.advance(Duration.ZERO);
		await().until(() -> rig.observed("scheduled").size() == 2);
		rig.advance(Duration.ofSeconds(1));
		awaitState(rig, ConnectionState.FAILED);
		assertThat(rig.observed("scheduled")).containsExactly("scheduled 2 PT0S HandshakeRefused 401",
				"scheduled 3 PT1S HandshakeRefused 401");
		assertThat(rig.observed()).endsWith("failed 3 HandshakeRefused 401");
	}

	private static Rig rig(HandshakeCustomizer customizer) {
		return new Rig((builder) -> builder.handshakeCustomizer(customizer));
	}

	private static void awaitState(Rig rig, ConnectionState state) {
		await().pollInterval(Duration.ofMillis(2)).until(rig::state, state::equals);
	}

}
