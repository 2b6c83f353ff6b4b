package io.github.resilientws.internal.delivery;

import org.junit.jupiter.api.Test;

import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.encoding.EncodedMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that are in flight whenever connections are lost.
 */
class PoisonDetectorTests {

	private final PoisonDetector detector = new PoisonDetector();

	private final OutboxEntry message = OutboxEntry.accepted(EncodedMessage.of(true, new byte[1], "a"), false, 0,
			OutboxEntry.NEVER);

	@Test
	void tenthLossInARowIsToBlame() {
		for (int i = 0; i < 9; i++) {
			assertThat(lose(true)).isNull();
		}
		assertThat(lose(true)).isSameAs(this.message);
	}

	@Test
	void answerInBetweenStartsAgain() {
		for (int i = 0; i < 9; i++) {
			lose(true);
		}
		this.detector.onAnswer();
		assertThat(lose(true)).isNull();
	}

	@Test
	void connectionsThatDidNotCarryTheMessageDoNotCount() {
		assertThat(lose(true)).isNull();
		for (int i = 0; i < 20; i++) {
			assertThat(lose(false)).isNull();
		}
		for (int i = 0; i < 8; i++) {
			assertThat(lose(true)).isNull();
		}
		assertThat(lose(true)).isSameAs(this.message);
	}

	private OutboxEntry lose(boolean carried) {
		if (carried) {
			this.message.handedOver();
		}
		this.detector.onConnectionReleased(this.message);
		return this.detector.onConnectionLost();
	}

}
