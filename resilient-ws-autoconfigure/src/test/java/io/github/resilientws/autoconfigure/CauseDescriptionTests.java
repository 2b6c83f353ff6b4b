package io.github.resilientws.autoconfigure;

import java.net.ConnectException;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.resilientws.DisconnectCause;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators read about causes.
 */
class CauseDescriptionTests {

	@Test
	void causesAreNamedWithoutMessagesAndHeaders() {
		assertThat(CauseDescription.of(null)).isNull();
		assertThat(CauseDescription.of(new DisconnectCause.Closed(1006, "", false))).isEqualTo("Closed 1006 by us");
		assertThat(CauseDescription.of(new DisconnectCause.HandshakeRefused(401, Map.of("x", List.of("s3cret")))))
			.isEqualTo("HandshakeRefused 401");
		assertThat(CauseDescription.of(new DisconnectCause.ConnectFailed(new ConnectException("ws://a?s3cret"))))
			.isEqualTo("ConnectFailed ConnectException");
		assertThat(CauseDescription.of(new DisconnectCause.HeartbeatLost())).isEqualTo("HeartbeatLost");
	}

	@Test
	void reasonOfThePeerIsEscapedAndBounded() {
		assertThat(CauseDescription.of(new DisconnectCause.Closed(1001, "a\r\nb\u001b[31m\u202e", true)))
			.isEqualTo("Closed 1001 by peer: a\\u000d\\u000ab\\u001b[31m\\u202e");
		assertThat(CauseDescription.of(new DisconnectCause.Closed(1001, "x".repeat(5000), true))).hasSizeLessThan(200);
	}

}
