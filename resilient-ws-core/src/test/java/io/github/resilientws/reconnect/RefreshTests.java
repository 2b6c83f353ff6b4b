package io.github.resilientws.reconnect;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.DisconnectCause.HeartbeatLost;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.ReconnectSettings;
import io.github.resilientws.settings.ReconnectSettings.Jitter;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the {@code refresh} action of {@link DefaultReconnectPolicy}.
 */
class RefreshTests {

	private final Series series = Series.of(ReconnectSettings.DEFAULTS.withJitter(Jitter.NONE));

	@Test
	void endsAfterThreeAttemptsWithTheSameStatus() {
		assertThat(this.series.attemptEnds(Series.refused(401))).isEqualTo("refresh");
		assertThat(this.series.attemptEnds(Series.refused(401))).isEqualTo("1000 ms");
		assertThat(this.series.attemptEnds(Series.refused(401))).isEqualTo("stop");
	}

	@Test
	void endsAfterThreeAttemptsWithTheSameCode() {
		assertThat(this.series.lost(Series.closedByPeer(4401))).isEqualTo("refresh");
		assertThat(this.series.attemptEnds(Series.closedByPeer(4401))).isEqualTo("1000 ms");
		assertThat(this.series.attemptEnds(Series.closedByPeer(4401))).isEqualTo("stop");
	}

	@Test
	void anotherEndInBetweenRestartsTheCountButRefreshesAtOnceOnlyOnce() {
		assertThat(this.series.attemptEnds(Series.refused(401))).isEqualTo("refresh");
		assertThat(this.series.attemptEnds(Series.refused(503))).isEqualTo("1000 ms");
		assertThat(this.series.attemptEnds(Series.refused(401))).isEqualTo("1500 ms");
		assertThat(this.series.attemptEnds(Series.refused(403))).isEqualTo("2250 ms");
		assertThat(this.series.attemptEnds(Series.refused(401))).isEqualTo("3375 ms");
		assertThat(this.series.attemptEnds(new HeartbeatLost())).isEqualTo("5062 ms");
		assertThat(this.series.attemptEnds(Series.refused(401))).isEqualTo("7593 ms");
		assertThat(this.series.attemptEnds(Series.refused(401))).isEqualTo("11390 ms");
		assertThat(this.series.attemptEnds(Series.refused(401))).isEqualTo("stop");
	}

	@Test
	void demandsOfASessionStepCountLikeOneCode() {
		DisconnectCause cause = new Closed(1000, "", false);
		assertThat(this.series.attemptEnds(cause, Duration.ZERO, ReconnectAction.REFRESH)).isEqualTo("refresh");
		assertThat(this.series.attemptEnds(cause, Duration.ZERO, ReconnectAction.REFRESH)).isEqualTo("1000 ms");
		assertThat(this.series.attemptEnds(cause, Duration.ZERO, ReconnectAction.REFRESH)).isEqualTo("stop");
	}

	@Test
	void retryAfterTurnsTheRefreshAtOnceIntoAWait() {
		assertThat(this.series.attemptEnds(Series.refused(401, "7"))).isEqualTo("7000 ms");
		assertThat(this.series.attemptEnds(Series.refused(401))).isEqualTo("1500 ms");
		assertThat(this.series.attemptEnds(Series.refused(401, "7"))).isEqualTo("stop");
	}

}
