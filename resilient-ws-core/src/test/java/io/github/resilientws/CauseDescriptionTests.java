package io.github.resilientws;

import java.net.ConnectException;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What operators read about causes.
 */
class CauseDescriptionTests {

	@Test
	void causesAreNamedWithoutMessagesAndHeaders() {
		assertThat(new DisconnectCause.Closed(1006, "", false).describe()).isEqualTo("Closed 1006 by us");
		assertThat(new DisconnectCause.HandshakeRefused(401, Map.of("x", List.of("s3cret"))).describe())
			.isEqualTo("HandshakeRefused 401");
		assertThat(new DisconnectCause.ConnectFailed(new ConnectException("ws://a?s3cret")).describe())
			.isEqualTo("ConnectFailed ConnectException");
		assertThat(new DisconnectCause.ConnectFailed(new ConnectForbiddenException("not there")).describe())
			.isEqualTo("ConnectFailed ConnectForbiddenException: not there");
		assertThat(new DisconnectCause.HeartbeatLost().describe()).isEqualTo("HeartbeatLost");
	}

	@Test
	void reasonOfThePeerIsEscapedAndBounded() {
		assertThat(new DisconnectCause.Closed(1001, "a\r\nb\u001b[31m\u202e", true).describe())
			.isEqualTo("Closed 1001 by peer: a\\u000d\\u000ab\\u001b[31m\\u202e");
		assertThat(new DisconnectCause.Closed(1001, "x".repeat(5000), true).describe()).hasSizeLessThan(200);
	}

}
