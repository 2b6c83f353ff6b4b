package io.github.resilientws.internal.lifecycle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.WebSocketConnectException;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.Rig;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Each operation in each state.
 */
class ClientOperationsTests {

	private static final Duration HOUR = Duration.ofHours(1);

	@ParameterizedTest
	@CsvSource(textBlock = """
			# operation, state,        then,         future
			connect,     IDLE,         CONNECTING,   pending
			connect,     STANDBY,      STANDBY,      done
			connect,     CONNECTING,   CONNECTING,   pending
			connect,     ESTABLISHING, ESTABLISHING, pending
			connect,     READY,        READY,        done
			connect,     BACKING_OFF,  BACKING_OFF,  pending
			connect,     SUSPENDED,    SUSPENDED,    refused
			connect,     DRAINING,     DRAINING,     refused
			connect,     CLOSED,       CONNECTING,   pending
			connect,     FAILED,       CONNECTING,   pending
			disconnect,  IDLE,         CLOSED,       done
			disconnect,  STANDBY,      CLOSED,       done
			disconnect,  CONNECTING,   CLOSED,       done
			disconnect,  ESTABLISHING, CLOSED,       done
			disconnect,  READY,        CLOSED,       done
			disconnect,  BACKING_OFF,  CLOSED,       done
			disconnect,  SUSPENDED,    CLOSED,       done
			disconnect,  DRAINING,     DRAINING,     pending
			disconnect,  CLOSED,       CLOSED,       done
			disconnect,  FAILED,       CLOSED,       done
			reconnect,   IDLE,         IDLE,         refused
			reconnect,   STANDBY,      STANDBY,      refused
			reconnect,   CONNECTING,   CONNECTING,   pending
			reconnect,   ESTABLISHING, ESTABLISHING, pending
			reconnect,   READY,        CONNECTING,   pending
			reconnect,   BACKING_OFF,  CONNECTING,   pending
			reconnect,   SUSPENDED,    SUSPENDED,    refused
			reconnect,   DRAINING,     DRAINING,     refused
			reconnect,   CLOSED,       CLOSED,       refused
			reconnect,   FAILED,       FAILED,       refused
			suspend,     IDLE,         IDLE,         done
			suspend,     STANDBY,      STANDBY,      done
			suspend,     CONNECTING,   SUSPENDED,    done
			suspend,     ESTABLISHING, SUSPENDED,    done
			suspend,     READY,        SUSPENDED,    done
			suspend,     BACKING_OFF,  SUSPENDED,    done
			suspend,     SUSPENDED,    SUSPENDED,    done
			suspend,     DRAINING,     DRAINING,     done
			suspend,     CLOSED,       CLOSED,       done
			suspend,     FAILED,       FAILED,       done
			resume,      IDLE,         IDLE,         refused
			resume,      STANDBY,      STANDBY,      done
			resume,      CONNECTING,   CONNECTING,   pending
			resume,      ESTABLISHING, ESTABLISHING, pending
			resume,      READY,        READY,        done
			resume,      BACKING_OFF,  BACKING_OFF,  pending
			resume,      SUSPENDED,    CONNECTING,   pending
			resume,      DRAINING,     DRAINING,     refused
			resume,      CLOSED,       CLOSED,       refused
			resume,      FAILED,       FAILED,       refused
			probe,       IDLE,         IDLE,         refused
			probe,       STANDBY,      STANDBY,      refused
			probe,       CONNECTING,   CONNECTING,   refused
			probe,       ESTABLISHING, ESTABLISHING, refused
			probe,       READY,        READY,        pending
			probe,       BACKING_OFF,  BACKING_OFF,  refused
			probe,       SUSPENDED,    SUSPENDED,    refused
			probe,       DRAINING,     DRAINING,     refused
			probe,       CLOSED,       CLOSED,       refused
			probe,       FAILED,       FAILED,       refused
			send,        IDLE,         IDLE,         pending
			send,        STANDBY,      STANDBY,      rejected
			send,        CONNECTING,   CONNECTING,   pending
			send,        ESTABLISHING, ESTABLISHING, pending
			send,        READY,        READY,        done
			send,        BACKING_OFF,  BACKING_OFF,  pending
			send,        SUSPENDED,    SUSPENDED,    pending
			send,        DRAINING,     DRAINING,     closed
			send,        CLOSED,       CLOSED,       closed
			send,        FAILED,       FAILED,       closed
			""")
	void eachOperationInEachState(String operation, ConnectionState state, ConnectionState then, String outcome) {
		Rig rig = Rig.in(state);
		int attempts = rig.attempts();
		CompletableFuture<?> future = operate(rig, operation);
		assertThat(rig.state()).isEqualTo(then);
		boolean dials = then == ConnectionState.CONNECTING && state != then;
		assertThat(rig.attempts()).isEqualTo(dials ? attempts + 1 : attempts);
		switch (outcome) {
			case "done" -> future.orTimeout(5, TimeUnit.SECONDS).join();
			case "refused" -> assertThat(Rig.failure(future)).isExactlyInstanceOf(IllegalStateException.class)
				.hasMessageContaining(state.name());
			case "rejected" -> assertThat(Rig.failure(future)).hasMessageContaining("another instance has the line");
			case "closed" -> assertThat(Rig.failure(future)).isInstanceOfSatisfying(WebSocketDeliveryException.class,
					(ex) -> assertThat(ex.getReason()).isEqualTo(Reason.CLOSED));
			default -> {
				rig.observed();
				assertThat(future).isNotDone();
			}
		}
		rig.client.disconnect();
	}

	@ParameterizedTest
	@EnumSource
	void nothingReconnectsAfterDisconnect(ConnectionState state) {
		Rig rig = Rig.in(state);
		rig.observed();
		int attempts = rig.attempts();
		CompletableFuture<Void> closed = rig.client.disconnect();
		assertThat(rig.client.disconnect()).isSameAs(closed);
		rig.advance(HOUR);
		closed.orTimeout(5, TimeUnit.SECONDS).join();
		assertThat(rig.client.disconnect()).isSameAs(closed);
		assertThat(Rig.failure(rig.client.resume())).isInstanceOf(IllegalStateException.class);
		rig.client.suspend();
		assertThat(Rig.failure(rig.client.reconnect())).isInstanceOf(IllegalStateException.class);
		rig.advance(HOUR);
		assertThat(rig.state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(rig.attempts()).isEqualTo(attempts);
		assertThat(rig.observed()).endsWith("closed");
		assertThat(rig.observed("closed")).hasSize(1);
		assertThat(rig.time.pendingTimers()).isZero();
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			IDLE,         closed
			STANDBY,      closed
			CONNECTING,   attempt Requested PT0S; closed
			ESTABLISHING, disconnected Requested; closed
			READY,        disconnected Requested; closed
			BACKING_OFF,  closed
			SUSPENDED,    closed
			FAILED,       closed
			""")
	void disconnectEndsWithClosed(ConnectionState state, String events) {
		Rig rig = Rig.in(state);
		rig.observed();
		rig.events.clear();
		rig.client.disconnect();
		assertThat(rig.observed()).containsExactly(events.split("; "));
	}

	@ParameterizedTest
	@EnumSource(names = { "CONNECTING", "ESTABLISHING", "BACKING_OFF" })
	void disconnectFailsOperationsThatWaitForReady(ConnectionState state) {
		Rig rig = Rig.in(ConnectionState.IDLE);
		CompletableFuture<Void> connect = rig.client.connect();
		switch (state) {
			case ESTABLISHING -> rig.connection().open();
			case BACKING_OFF -> rig.connection().refuse(new DisconnectCause.Closed(1006, "", true));
			default -> {
			}
		}
		assertThat(rig.state()).isEqualTo(state);
		rig.client.disconnect();
		assertThat(Rig.failure(connect)).isInstanceOfSatisfying(WebSocketConnectException.class,
				(ex) -> assertThat(ex.getDisconnectCause()).isEqualTo(new DisconnectCause.Requested()));
	}

	@ParameterizedTest
	@CsvSource({ "connect, CONNECTING", "connect, ESTABLISHING", "connect, BACKING_OFF", "reconnect, CONNECTING",
			"reconnect, ESTABLISHING", "reconnect, BACKING_OFF", "resume, CONNECTING", "resume, ESTABLISHING",
			"resume, BACKING_OFF", "resume, SUSPENDED" })
	void theFutureOfAnOperationThatJoinsAnAttemptCompletesAtReady(String operation, ConnectionState state) {
		Rig rig = Rig.in(state);
		CompletableFuture<?> future = operate(rig, operation);
		rig.observed();
		assertThat(future).isNotDone();
		if (rig.state() == ConnectionState.BACKING_OFF) {
			rig.advance(Duration.ofSeconds(1));
		}
		if (rig.state() == ConnectionState.CONNECTING) {
			rig.connection().open();
		}
		assertThat(future).isNotDone();
		rig.connection().text("welcome");
		assertThat(future).succeedsWithin(Duration.ofSeconds(5));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
	}

	@ParameterizedTest
	@ValueSource(strings = { "connect", "reconnect", "resume" })
	void suspendFailsOperationsThatWaitForReady(String operation) {
		Rig rig = Rig.in(ConnectionState.CONNECTING);
		CompletableFuture<?> future = operate(rig, operation);
		rig.client.suspend();
		assertThat(Rig.failure(future)).isInstanceOfSatisfying(WebSocketConnectException.class,
				(ex) -> assertThat(ex.getDisconnectCause()).isEqualTo(new DisconnectCause.Requested()));
	}

	@Test
	void givingUpFailsOperationsThatWaitForReady() {
		Rig rig = Rig.in(ConnectionState.IDLE);
		DisconnectCause cause = new DisconnectCause.HandshakeRefused(410, Map.of());
		rig.transport.failWith(cause);
		assertThat(Rig.failure(rig.client.connect())).isInstanceOfSatisfying(WebSocketConnectException.class,
				(ex) -> assertThat(ex.getDisconnectCause()).isEqualTo(cause));
		assertThat(rig.observed()).endsWith("failed 1 HandshakeRefused 410");
	}

	@Test
	void theLastAttemptFailsTheFutureOfConnect() {
		Rig rig = new Rig((builder) -> builder.reconnect((reconnect) -> reconnect.withLimits(3, Duration.ZERO)));
		rig.transport.failWith(new DisconnectCause.HandshakeRefused(503, Map.of()));
		CompletableFuture<Void> connect = rig.client.connect();
		rig.advance(HOUR);
		assertThat(Rig.failure(connect)).isInstanceOf(WebSocketConnectException.class);
		assertThat(rig.attempts()).isEqualTo(3);
		assertThat(rig.observed()).endsWith("failed 3 HandshakeRefused 503");
	}

	@Test
	void suspendEndsTheBackOff() {
		Rig rig = Rig.in(ConnectionState.BACKING_OFF);
		rig.client.suspend();
		rig.advance(HOUR);
		assertThat(rig.attempts()).isOne();
		assertThat(rig.time.pendingTimers()).isZero();
		rig.client.resume();
		assertThat(rig.attempts()).isEqualTo(2);
	}

	@Test
	void aFreshCloseFollowsAFreshConnect() {
		Rig rig = Rig.in(ConnectionState.CLOSED);
		CompletableFuture<Void> first = rig.client.disconnect();
		rig.client.connect();
		CompletableFuture<Void> second = rig.client.disconnect();
		assertThat(second).isNotSameAs(first);
		second.orTimeout(5, TimeUnit.SECONDS).join();
		assertThat(rig.state()).isEqualTo(ConnectionState.CLOSED);
	}

	@Test
	void aCloseAskedForRightAfterAConnectIsNotDoneBeforeTheConnect() {
		Rig rig = Rig.in(ConnectionState.CLOSED);
		rig.observed();
		rig.time.execute(() -> {
			rig.client.connect();
			assertThat(rig.client.disconnect()).isNotDone();
		});
		assertThat(rig.state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(rig.observed("closed")).hasSize(2);
	}

	@Test
	void drainingEndsAtTheShutdownTimeoutThenAtTheCloseTimeout() {
		Rig rig = Rig.in(ConnectionState.DRAINING);
		CompletableFuture<Void> closed = rig.client.disconnect();
		rig.connection().ignoreClose();
		rig.advance(Duration.ofSeconds(10).minusNanos(1));
		assertThat(rig.connection().closeCode()).isZero();
		rig.advance(Duration.ofNanos(1));
		assertThat(rig.connection().closeCode()).isEqualTo(1000);
		rig.advance(Duration.ofSeconds(5).minusNanos(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.DRAINING);
		rig.advance(Duration.ofNanos(1));
		assertThat(rig.connection().isAborted()).isTrue();
		closed.orTimeout(5, TimeUnit.SECONDS).join();
	}

	@Test
	void aConnectionLostWhileDrainingCloses() {
		Rig rig = Rig.in(ConnectionState.DRAINING);
		rig.observed();
		rig.events.clear();
		rig.connection().lose(1006);
		assertThat(rig.state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(rig.observed()).containsExactly("disconnected Closed 1006 by peer", "closed");
	}

	@Test
	void reconnectReplacesTheConnectionWithoutAClosedEvent() {
		Rig rig = Rig.in(ConnectionState.READY);
		rig.observed();
		rig.events.clear();
		CompletableFuture<Void> ready = rig.client.reconnect();
		assertThat(rig.connection(1).closeCode()).isEqualTo(1000);
		rig.advance(Duration.ofSeconds(2));
		rig.connection(2).open();
		rig.connection(2).text("welcome");
		ready.orTimeout(5, TimeUnit.SECONDS).join();
		assertThat(rig.observed())
			.isEqualTo(List.of("disconnected Requested", "connecting 2", "attempt ok PT2S", "connected", "ready PT2S"));
	}

	private static CompletableFuture<?> operate(Rig rig, String operation) {
		return switch (operation) {
			case "connect" -> rig.client.connect();
			case "disconnect" -> rig.client.disconnect();
			case "reconnect" -> rig.client.reconnect();
			case "suspend" -> rig.client.suspend();
			case "resume" -> rig.client.resume();
			case "probe" -> rig.client.probe();
			default -> rig.client.send("hello");
		};
	}

}
