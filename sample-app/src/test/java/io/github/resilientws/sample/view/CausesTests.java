package io.github.resilientws.sample.view;

import java.net.ConnectException;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.resilientws.DisconnectCause;

import static org.assertj.core.api.Assertions.assertThat;

class CausesTests {

	@Test
	void eachCauseHasWords() {
		assertThat(Causes.describe(new DisconnectCause.Closed(1001, "going away", true)))
			.isEqualTo("closed by server: 1001 going away");
		assertThat(Causes.describe(new DisconnectCause.Closed(1009, "", false))).isEqualTo("closed by us: 1009");
		assertThat(Causes.describe(new DisconnectCause.HandshakeRefused(503, Map.of())))
			.isEqualTo("refused with status 503");
		assertThat(Causes.describe(new DisconnectCause.ConnectFailed(new ConnectException("Connection refused"))))
			.isEqualTo("no connection: Connection refused");
		assertThat(Causes.describe(new DisconnectCause.SupplyFailed(new IllegalStateException())))
			.isEqualTo("nothing to connect with: IllegalStateException");
		assertThat(Causes.describe(new DisconnectCause.WriteFailed(new ConnectException("Broken pipe"))))
			.isEqualTo("write failed: Broken pipe");
		assertThat(Causes.describe(new DisconnectCause.HeartbeatLost())).isEqualTo("heartbeat lost");
		assertThat(Causes.describe(new DisconnectCause.Requested())).isEqualTo("requested");
	}

}
