package io.github.resilientws.internal.election;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.github.resilientws.CapturedLog;
import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient.Builder;
import io.github.resilientws.WebSocketConnectException;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.cluster.LineElection;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.internal.election.ScriptedElection.Granted;
import io.github.resilientws.internal.execution.InternalFailures;
import io.github.resilientws.settings.ClusterSettings.Mode;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.test.ScriptedTransport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A client that one of several instances connects.
 */
class LineTests {

	@RegisterExtension
	final CapturedLog log = new CapturedLog(InternalFailures.class);

	private final ScriptedElection election = new ScriptedElection();

	@Test
	void standsByUntilItOwnsTheLine() {
		Rig rig = rig();
		assertThat(rig.client.connect()).succeedsWithin(Duration.ofSeconds(5));
		assertThat(rig.state()).isEqualTo(ConnectionState.STANDBY);
		rig.advance(Duration.ofHours(1));
		assertThat(rig.attempts()).isZero();
		this.election.grant();
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		assertThat(rig.observed()).startsWith("ownership ACQUIRED 1", "connecting 1");
	}

	@Test
	void refusesMessagesWhileAnotherInstanceHasTheLine() {
		Rig rig = rig();
		rig.client.connect();
		WebSocketDeliveryException refusal = Rig.undelivered(rig.client.send("a"));
		assertThat(refusal.getReason()).isEqualTo(Reason.REJECTED);
		assertThat(refusal).hasMessageContaining("another instance has the line");
		assertThat(Rig.undelivered(rig.client.send(OutboundMessage.text("b").asVolatile())).getReason())
			.isEqualTo(Reason.DROPPED);
	}

	@Test
	void abortsItsConnectionWhenItLosesTheLine() {
		Rig rig = owner();
		rig.connection().holdWrites();
		CompletableFuture<?> sent = rig.client.send("a");
		this.election.revoke();
		assertThat(rig.state()).isEqualTo(ConnectionState.STANDBY);
		assertThat(rig.connection().isAborted()).isTrue();
		assertThat(rig.observed()).endsWith("ownership LOST 1 no beat for 9 s", "disconnected OwnershipLost");
		assertThat(sent).failsWithin(Duration.ofSeconds(5));
		rig.advance(Duration.ofHours(1));
		assertThat(rig.attempts()).isOne();
		this.election.grant();
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void causeOfALossNamesTheReason() {
		Rig rig = owner();
		this.election.revoke();
		assertThat(rig.client.getStatus().lastCause()).isEqualTo(new DisconnectCause.OwnershipLost("no beat for 9 s"));
	}

	@Test
	void causeOfALossThatIsNoticedFirstByTheClientNamesTheReason() {
		Rig rig = owner();
		this.granted.held = false;
		rig.connection().lose(1006);
		assertThat(rig.client.getStatus().lastCause()).isEqualTo(new DisconnectCause.OwnershipLost("no beat for 9 s"));
	}

	@Test
	void handOverHasNoReason() {
		Rig rig = owner();
		this.granted.held = false;
		rig.client.disconnect();
		rig.connection().lose(1006);
		assertThat(rig.observed("ownership")).last().isEqualTo("ownership YIELDED 1");
	}

	@Test
	void electionLearnsEachState() {
		Rig rig = owner();
		rig.client.suspend();
		rig.client.resume();
		this.election.revoke();
		assertThat(this.election.last().states).containsExactly(ConnectionState.CONNECTING,
				ConnectionState.ESTABLISHING, ConnectionState.READY, ConnectionState.SUSPENDED,
				ConnectionState.CONNECTING, ConnectionState.ESTABLISHING, ConnectionState.READY,
				ConnectionState.STANDBY);
	}

	@Test
	void writesNothingOnceTheLeaseHasExpired() {
		Rig rig = owner();
		int written = rig.connection().sentTexts().size();
		this.granted.held = false;
		rig.client.send("a");
		assertThat(rig.connection().sentTexts()).hasSize(written);
		assertThat(rig.connection().isAborted()).isTrue();
		rig.connection().lose(1006);
		assertThat(rig.state()).isEqualTo(ConnectionState.STANDBY);
	}

	@Test
	void sendsNoHeartbeatOnceTheLeaseHasExpired() {
		Rig rig = owner((builder) -> builder.heartbeat(
				(heartbeat) -> heartbeat.withInterval(Duration.ofSeconds(5)).withTimeout(Duration.ofSeconds(2))));
		this.granted.held = false;
		rig.advance(Duration.ofSeconds(10));
		assertThat(rig.connection().pings()).isEmpty();
		assertThat(rig.connection().isAborted()).isTrue();
	}

	@ParameterizedTest
	@EnumSource(names = { "CONNECTING", "ESTABLISHING", "BACKING_OFF", "SUSPENDED" })
	void losesTheLineInAnyState(ConnectionState state) {
		Rig rig = rig((builder) -> builder.session((session) -> new SessionSettings(session.timeout(),
				List.of(new SessionSettings.Step("", "welcome", List.of())), List.of())));
		switch (state) {
			case CONNECTING, SUSPENDED -> rig.transport.pending();
			case BACKING_OFF -> rig.transport.failWith(new DisconnectCause.ConnectFailed(new Exception()));
			default -> {
				// the step waits
			}
		}
		rig.client.connect();
		this.election.grant();
		if (state == ConnectionState.SUSPENDED) {
			rig.client.suspend();
		}
		assertThat(rig.state()).isEqualTo(state);
		CompletableFuture<Void> again = (state == ConnectionState.SUSPENDED) ? null : rig.client.reconnect();
		this.election.revoke();
		assertThat(rig.state()).isEqualTo(ConnectionState.STANDBY);
		if (again != null) {
			assertThat(Rig.failure(again)).isInstanceOf(WebSocketConnectException.class);
		}
		int attempts = rig.attempts();
		rig.advance(Duration.ofHours(1));
		assertThat(rig.attempts()).isEqualTo(attempts);
	}

	@Test
	void keepsTheLineWhenItGivesUpUnlessItLosesIt() {
		Rig rig = rig();
		rig.transport.failWith(new DisconnectCause.HandshakeRefused(400, Map.of()));
		rig.client.connect();
		this.election.grant();
		assertThat(rig.state()).isEqualTo(ConnectionState.FAILED);
		assertThat(this.election.last().left).isFalse();
		rig.client.connect();
		assertThat(rig.attempts()).isEqualTo(2);
		this.election.revoke();
		assertThat(rig.state()).isEqualTo(ConnectionState.FAILED);
		assertThat(this.election.last().left).isTrue();
		rig.client.connect();
		assertThat(rig.state()).isEqualTo(ConnectionState.STANDBY);
		assertThat(this.election.joined).hasSize(2);
	}

	@Test
	void handsTheLineOverWhenItIsClosed() {
		Rig rig = owner();
		rig.connection().ignoreClose();
		rig.client.disconnect();
		assertThat(this.election.last().left).isFalse();
		rig.connection().lose(1000);
		assertThat(rig.state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(this.election.last().left).isTrue();
		assertThat(rig.observed("ownership")).containsExactly("ownership ACQUIRED 1", "ownership YIELDED 1");
	}

	@Test
	void leavesTheElectionWhenItIsClosedInStandby() {
		Rig rig = rig();
		rig.client.connect();
		assertThat(rig.client.disconnect()).succeedsWithin(Duration.ofSeconds(5));
		assertThat(this.election.last().left).isTrue();
		this.election.grant();
		assertThat(rig.state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(rig.observed("ownership")).isEmpty();
	}

	@Test
	void operationsInStandby() {
		Rig rig = rig();
		rig.client.connect();
		assertThat(Rig.failure(rig.client.reconnect())).isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("STANDBY");
		assertThat(Rig.failure(rig.client.probe())).isInstanceOf(IllegalStateException.class);
		assertThat(rig.client.resume()).succeedsWithin(Duration.ofSeconds(5));
		assertThat(rig.client.suspend()).succeedsWithin(Duration.ofSeconds(5));
		assertThat(rig.state()).isEqualTo(ConnectionState.STANDBY);
	}

	@Test
	void signalsOfAnEarlierParticipationAreIgnored() {
		Rig rig = rig();
		rig.client.connect();
		LineElection.Candidate early = this.election.last().candidate;
		rig.client.disconnect();
		rig.client.connect();
		early.onGranted(this.election.ownership());
		assertThat(rig.state()).isEqualTo(ConnectionState.STANDBY);
	}

	@Test
	void fenceStandsInHeadersAndTexts() {
		Rig rig = owner((builder) -> builder.header("X-Fence", "n{{fence}}")
			.session((session) -> new SessionSettings(session.timeout(),
					List.of(new SessionSettings.Step("{\"fence\":{{fence}}}", "", List.of())), List.of()))
			.handshakeCustomizer((handshake) -> handshake.setHeader("X-Same", Long.toString(handshake.getFence()))));
		rig.client.connect().join();
		assertThat(rig.connection().request().headers()).containsEntry("X-Fence", "n1").containsEntry("X-Same", "1");
		assertThat(rig.connection().sentTexts()).containsExactly("{\"fence\":1}");
	}

	@Test
	void fenceOfAnElectionWithoutNumbersIsZero() {
		Rig rig = rig((builder) -> builder.header("X-Fence", "{{fence}}")
			.session((session) -> new SessionSettings(session.timeout(),
					List.of(new SessionSettings.Step("{{fence}}", "", List.of())), List.of())));
		rig.client.connect();
		this.election.last().candidate.onGranted(ScriptedElection.withoutNumber());
		assertThat(rig.connection().request().headers()).containsEntry("X-Fence", "0");
		assertThat(rig.connection().sentTexts()).containsExactly("0");
	}

	@Test
	void expiredGrantLeavesItInStandby() {
		Rig rig = rig();
		rig.client.connect();
		Granted expired = this.election.ownership();
		expired.held = false;
		this.election.last().candidate.onGranted(expired);
		assertThat(rig.state()).isEqualTo(ConnectionState.STANDBY);
		assertThat(this.log.list).isEmpty();
		this.election.last().candidate.onRevoked(expired);
		this.election.grant();
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void oneInstanceNeedsAnElection() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new ScriptedTransport().newClient("chat")
				.cluster((cluster) -> cluster.withMode(Mode.ONE))
				.build())
			.withMessageContaining("cluster.mode");
	}

	private Granted granted;

	private Rig owner() {
		return owner((builder) -> builder);
	}

	private Rig owner(UnaryOperator<Builder> settings) {
		Rig rig = rig(settings);
		rig.client.connect();
		this.granted = this.election.grant();
		return rig;
	}

	private Rig rig() {
		return rig((builder) -> builder);
	}

	private Rig rig(UnaryOperator<Builder> settings) {
		Rig rig = new Rig((builder) -> settings.apply(builder)
			.cluster((cluster) -> cluster.withMode(Mode.ONE))
			.component(LineElection.class, this.election));
		rig.transport.autoOpen();
		return rig;
	}

}
