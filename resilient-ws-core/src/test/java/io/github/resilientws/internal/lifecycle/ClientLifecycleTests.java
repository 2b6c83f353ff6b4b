package io.github.resilientws.internal.lifecycle;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.ClientStatus;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.test.ScriptedConnection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What a client does by itself from state to state, and what it reports.
 */
class ClientLifecycleTests {

	private static final DisconnectCause NO_ROUTE = new DisconnectCause.ConnectFailed(new IOException());

	@Test
	void reportsALifeInOrder() {
		Rig rig = Rig.in(ConnectionState.IDLE);
		rig.transport.failWith(NO_ROUTE);
		rig.client.connect();
		rig.transport.pending();
		rig.advance(Duration.ofSeconds(1));
		rig.advanceMillis(200);
		rig.connection().open();
		rig.advanceMillis(300);
		rig.connection().text("welcome");
		rig.advance(Duration.ofSeconds(5));
		rig.connection().lose(1011);
		rig.client.disconnect();
		assertThat(rig.observed()).isEqualTo(List.of("connecting 1", "attempt ConnectFailed IOException PT0S",
				"scheduled 2 PT1S ConnectFailed IOException", "connecting 2", "attempt ok PT0.2S", "connected",
				"ready PT1.5S", "disconnected Closed 1011 by peer", "scheduled 3 PT1.5S Closed 1011 by peer",
				"closed"));
	}

	@Test
	void aSessionThatIsLostBeforeReadyShowsAsDisconnected() {
		Rig rig = Rig.in(ConnectionState.ESTABLISHING);
		rig.connection().lose(1006);
		assertThat(rig.observed()).isEqualTo(List.of("connecting 1", "attempt ok PT0S", "connected",
				"disconnected Closed 1006 by peer", "scheduled 2 PT1S Closed 1006 by peer"));
	}

	@Test
	void aStopAtALossFailsOnceAndForGood() {
		Rig rig = new Rig(
				(builder) -> builder.reconnect((reconnect) -> reconnect.withOnClose("4000", ReconnectAction.STOP)))
			.connect();
		rig.connection().lose(4000);
		assertThat(rig.state()).isEqualTo(ConnectionState.FAILED);
		rig.advance(Duration.ofHours(1));
		assertThat(rig.attempts()).isOne();
		assertThat(rig.observed()).endsWith("disconnected Closed 4000 by peer", "failed 1 Closed 4000 by peer");
	}

	@Test
	void withoutReconnectOneLossFails() {
		Rig rig = new Rig((builder) -> builder.reconnect((reconnect) -> reconnect.withEnabled(false))).connect();
		rig.connection().lose(1001);
		assertThat(rig.state()).isEqualTo(ConnectionState.FAILED);
		rig.advance(Duration.ofHours(1));
		assertThat(rig.attempts()).isOne();
		rig.client.connect();
		assertThat(rig.observed()).endsWith("failed 1 Closed 1001 by peer", "connecting 1", "attempt ok PT0S",
				"connected", "ready PT0S");
	}

	@ParameterizedTest
	@CsvSource({ "29900, 2", "29999, 2", "30000, 1" })
	void attemptsAreForgottenAfterBeingReadyForResetAfter(long readyMillis, int nextAttempt) {
		Rig rig = new Rig().connect();
		rig.advanceMillis(readyMillis);
		assertThat(rig.client.getStatus().attempts()).isEqualTo(nextAttempt - 1);
		rig.connection().lose(1006);
		assertThat(rig.observed("scheduled")).containsExactly("scheduled " + nextAttempt + " PT1S Closed 1006 by peer");
	}

	@Test
	void theBackOffGrowsThoughReadyInBetween() {
		Rig rig = new Rig().connect();
		for (int i = 0; i < 3; i++) {
			rig.advance(Duration.ofSeconds(20));
			rig.connection().lose(1006);
		}
		assertThat(rig.observed("scheduled")).containsExactly("scheduled 2 PT1S Closed 1006 by peer",
				"scheduled 3 PT1.5S Closed 1006 by peer", "scheduled 4 PT2.25S Closed 1006 by peer");
	}

	@Test
	void reconnectWhileBackingOffDialsAtOnceAndKeepsTheCounter() {
		Rig rig = Rig.in(ConnectionState.BACKING_OFF);
		rig.client.reconnect();
		assertThat(rig.observed("connecting")).containsExactly("connecting 1", "connecting 2");
		rig.connection().refuse(NO_ROUTE);
		assertThat(rig.observed("scheduled")).endsWith("scheduled 3 PT1.5S ConnectFailed IOException");
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.attempts()).isEqualTo(2);
		rig.advanceMillis(500);
		assertThat(rig.attempts()).isEqualTo(3);
	}

	@Test
	void theOutageLastsFromLosingReadyUntilReadyAgain() {
		Rig rig = new Rig().connect();
		rig.transport.failWith(NO_ROUTE);
		rig.connection().lose(1006);
		rig.advanceMillis(1000);
		rig.transport.pending();
		rig.advanceMillis(1500);
		rig.advanceMillis(250);
		rig.connection().open();
		assertThat(rig.observed("ready")).containsExactly("ready PT0S", "ready PT2.75S");
	}

	@Test
	void signalsOfAReplacedConnectionAreIgnored() {
		Rig rig = new Rig().connect();
		ScriptedConnection old = rig.connection();
		old.holdWrites();
		rig.client.send("held");
		rig.client.reconnect();
		rig.observed();
		rig.events.clear();
		old.text("late");
		old.binary(ByteBuffer.allocate(1));
		old.pong(ByteBuffer.allocate(8));
		old.setWritable(false);
		old.setWritable(true);
		old.lose(1008);
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(rig.observed()).isEmpty();
		assertThat(rig.received).isEmpty();
	}

	@Test
	void anAttemptThatOpensTooLateIsIgnored() {
		Rig rig = Rig.in(ConnectionState.CONNECTING);
		ScriptedConnection old = rig.connection();
		rig.client.suspend();
		assertThat(old.isAborted()).isTrue();
		rig.client.resume();
		old.open();
		old.text("welcome");
		old.lose(1006);
		assertThat(rig.state()).isEqualTo(ConnectionState.CONNECTING);
		assertThat(rig.attempts()).isEqualTo(2);
	}

	@Test
	void suspendKeepsNothingRunning() {
		Rig rig = Rig.in(ConnectionState.READY);
		CompletableFuture<?> kept = rig.client.send("kept");
		rig.client.suspend();
		assertThat(rig.connection().closeCode()).isEqualTo(1000);
		rig.advance(Duration.ofHours(1));
		assertThat(rig.attempts()).isOne();
		assertThat(rig.observed()).endsWith("disconnected Requested");
		kept.orTimeout(5, TimeUnit.SECONDS).join();
	}

	@Test
	void severalUrlsAreTriedInTurn() {
		List<URI> urls = List.of(URI.create("ws://a:1/"), URI.create("ws://b:1/"), URI.create("ws://c:1/"));
		Rig rig = new Rig((builder) -> builder.urls(urls));
		rig.transport.failWith(NO_ROUTE);
		rig.client.connect();
		rig.advance(Duration.ofSeconds(6));
		rig.transport.autoOpen();
		rig.advance(Duration.ofSeconds(6));
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.connection().lose(1006);
		rig.advance(Duration.ofSeconds(30));
		assertThat(rig.transport.connections().stream().map((attempt) -> attempt.request().url().getHost()))
			.containsExactly("a", "b", "c", "a", "b", "b");
	}

	@Test
	void statusShowsTheStateOfTheClient() {
		Rig rig = new Rig();
		assertThat(rig.client.getStatus())
			.isEqualTo(new ClientStatus(ConnectionState.IDLE, Rig.START, null, 0, null, null, List.of()));
		rig.advance(Duration.ofSeconds(3));
		rig.transport.failWith(NO_ROUTE);
		rig.client.connect();
		rig.advance(Duration.ofSeconds(1));
		Instant at = Rig.START.plusSeconds(4);
		ClientStatus status = rig.client.getStatus();
		assertThat(status.state()).isEqualTo(ConnectionState.BACKING_OFF);
		assertThat(status.since()).isEqualTo(at);
		assertThat(status.outageSince()).isEqualTo(Rig.START.plusSeconds(3));
		assertThat(status.attempts()).isEqualTo(2);
		assertThat(status.lastCause()).isEqualTo(NO_ROUTE);
		assertThat(status.nextAttempt()).isEqualTo(at.plusMillis(1500));
		assertThat(status.transitions()).extracting("from", "to", "cause")
			.startsWith(tuple(ConnectionState.IDLE, ConnectionState.CONNECTING, null),
					tuple(ConnectionState.CONNECTING, ConnectionState.BACKING_OFF, NO_ROUTE.describe()))
			.hasSize(4);
		rig.transport.autoOpen();
		rig.advance(Duration.ofSeconds(10));
		assertThat(rig.client.getStatus().outageSince()).isNull();
		assertThat(rig.client.getStatus().nextAttempt()).isNull();
	}

	@Test
	void theStatusKeepsTwentyTransitions() {
		Rig rig = new Rig().connect();
		for (int i = 0; i < 10; i++) {
			rig.client.suspend();
			rig.client.resume();
		}
		List<ClientStatus.Transition> transitions = rig.client.getStatus().transitions();
		assertThat(transitions).hasSize(20);
		assertThat(transitions.get(19).to()).isEqualTo(ConnectionState.READY);
		assertThat(transitions.get(18).to()).isEqualTo(ConnectionState.ESTABLISHING);
	}

	@Test
	void anAttemptEndsAtTheConnectTimeout() {
		Rig rig = Rig.in(ConnectionState.CONNECTING);
		rig.advance(Duration.ofSeconds(10).minusNanos(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.CONNECTING);
		rig.advance(Duration.ofNanos(1));
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
		assertThat(rig.connection().isAborted()).isTrue();
		rig.connection().open();
		assertThat(rig.observed()).containsExactly("connecting 1", "attempt ConnectFailed TimeoutException PT10S",
				"scheduled 2 PT1S ConnectFailed TimeoutException");
	}

	@Test
	void aRefusalWithoutACustomizerStops() {
		Rig rig = new Rig();
		rig.transport.failWith(new DisconnectCause.HandshakeRefused(401, Map.of()));
		rig.client.connect();
		assertThat(rig.state()).isEqualTo(ConnectionState.FAILED);
		assertThat(rig.client.getStatus().nextAttempt()).isNull();
	}

	@Test
	void aThousandReconnectsLeaveNoTimer() {
		Rig rig = new Rig().connect();
		int timers = rig.time.pendingTimers();
		for (int i = 1; i <= 1000; i++) {
			switch (i % 4) {
				case 0 -> rig.connection().lose(1006);
				case 1 -> rig.connection().lose(1012);
				case 2 -> rig.client.suspend();
				default -> rig.transport.failWith(NO_ROUTE);
			}
			rig.client.reconnect();
			rig.transport.autoOpen();
			rig.client.reconnect();
			rig.client.resume();
			assertThat(rig.state()).isEqualTo(ConnectionState.READY);
			assertThat(rig.attempts()).isGreaterThan(i);
			assertThat(rig.time.pendingTimers()).isEqualTo(timers);
		}
		rig.client.disconnect();
		assertThat(rig.time.pendingTimers()).isZero();
	}

}
