package io.github.resilientws.internal.session;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.ReconnectSettings.OnMessage;
import io.github.resilientws.settings.SessionSettings.Step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@code reconnect.on-message} and {@code reconnect.close-code}.
 */
class ReconnectMessageTests {

	private static final String TEXT = "a message of the server matched reconnect.on-message[1]";

	@ParameterizedTest
	@CsvSource({ "RETRY, BACKING_OFF, PT1S, 4000", "RETRY_SLOW, BACKING_OFF, PT30S, 4000",
			"REFRESH, BACKING_OFF, PT30S, 4000", "RESET, BACKING_OFF, PT1S, 4000", "STOP, FAILED,, 1000" })
	void closesWithTheCodeAndThenFollowsTheAction(ReconnectAction action, ConnectionState then, Duration delay,
			int code) {
		Rig rig = rig(action).connect();
		rig.connection().text("{\"op\":7}");
		assertThat(rig.connection().closeCode()).isEqualTo(code);
		assertThat(rig.state()).isEqualTo(then);
		assertThat(rig.client.getStatus().lastCause())
			.isEqualTo(new DisconnectCause.Closed(code, "on-message[1]", false));
		String text = "Closed " + code + " by us: " + TEXT;
		assertThat(rig.observed("disconnected")).containsExactly("disconnected " + text);
		assertThat(rig.observed("scheduled"))
			.isEqualTo((delay != null) ? List.of("scheduled 2 " + delay + " " + text) : List.of());
		assertThat(rig.received).isEmpty();
	}

	@Test
	void othersMessagesPass() {
		Rig rig = rig(ReconnectAction.STOP).connect();
		rig.connection().text("{\"op\":8}");
		await().until(() -> rig.received.size() == 1);
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void endsASessionThatIsBeingEstablishedBeforeItsSteps() {
		Rig rig = new Rig((builder) -> builder
			.session((session) -> session.withSteps(List.of(new Step("", "/op = 10", List.of()))))
			.reconnect((reconnect) -> reconnect
				.withOnMessage(List.of(new OnMessage("/op = 10 && /d = 1", ReconnectAction.RETRY)))
				.withCloseCode(3000)));
		rig.client.connect();
		rig.connection().text("{\"op\":10,\"d\":1}");
		assertThat(rig.state()).isEqualTo(ConnectionState.BACKING_OFF);
		assertThat(rig.connection().closeCode()).isEqualTo(3000);
		rig.advance(Duration.ofSeconds(1));
		rig.connection().text("{\"op\":10}");
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
	}

	@Test
	void theCloseCodeIsThatOfReconnectButNotOfOtherCommands() {
		Rig rig = rig(ReconnectAction.STOP).connect();
		rig.client.reconnect();
		assertThat(rig.connection(1).closeCode()).isEqualTo(4000);
		assertThat(rig.state()).isEqualTo(ConnectionState.READY);
		rig.client.suspend();
		assertThat(rig.connection(2).closeCode()).isEqualTo(1000);
	}

	@Test
	void aClientThatIsAboutToCloseStillSendsItsMessages() {
		Rig rig = rig(ReconnectAction.RETRY).connect();
		rig.connection().holdWrites();
		rig.client.send("held");
		rig.client.disconnect();
		rig.connection().text("{\"op\":7}");
		assertThat(rig.state()).isEqualTo(ConnectionState.DRAINING);
		rig.connection().releaseWrites();
		assertThat(rig.state()).isEqualTo(ConnectionState.CLOSED);
		assertThat(rig.connection().sentTexts()).containsExactly("held");
		assertThat(rig.connection().closeCode()).isEqualTo(1000);
	}

	@Test
	void withoutACodeConnectionsAreClosedNormally() {
		Rig rig = new Rig((builder) -> builder
			.reconnect((reconnect) -> reconnect.withOnMessage(List.of(new OnMessage("bye", ReconnectAction.RETRY)))))
			.connect();
		rig.connection().text("bye");
		assertThat(rig.connection().closeCode()).isEqualTo(1000);
	}

	private static Rig rig(ReconnectAction action) {
		return new Rig((builder) -> builder.reconnect((reconnect) -> reconnect
			.withOnMessage(List.of(new OnMessage("/never", ReconnectAction.STOP), new OnMessage("/op = 7", action)))
			.withCloseCode(4000)));
	}

}
