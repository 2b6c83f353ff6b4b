package io.github.resilientws.internal;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.ClusterSettings;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.FramingSettings;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.InboundSettings;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.ProxySettings;
import io.github.resilientws.settings.QueueSettings;
import io.github.resilientws.settings.ReconnectSettings;
import io.github.resilientws.settings.RequestSettings;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.settings.SubscriptionSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for the settings of {@link ClientBuilder}.
 */
class ClientBuilderTests {

	private static final URI URL = URI.create("ws://localhost/ws");

	private final ResilientWebSocketClient.Builder builder = ResilientWebSocketClient.builder("chat", URL);

	@Test
	void startsWithTheDefaults() {
		assertThat(build()).isEqualTo(ClientSettings.defaults("chat").withUrls(List.of(URL)));
	}

	@Test
	void takesSettingsAsAWhole() {
		ClientSettings whole = ClientSettings.defaults("chat").withUrls(List.of(URL)).withMaxFrameSize(1000);
		this.builder.compression(true).settings((settings) -> whole);
		assertThat(build()).isSameAs(whole);
	}

	@Test
	void eachMethodChangesOneSetting() {
		Duration second = Duration.ofSeconds(1);
		URI other = URI.create("wss://localhost/ws");
		this.builder.urls(List.of(other))
			.header("a", "b")
			.header("A", "c")
			.subprotocols(List.of("d"))
			.origin("https://localhost")
			.value("e", "f")
			.value("g", "h")
			.connectTimeout(second)
			.closeTimeout(second.multipliedBy(2))
			.shutdownTimeout(second.multipliedBy(3))
			.maxMessageSize(1000)
			.maxFrameSize(2000)
			.proxy(ProxySettings.NONE.withPort(1))
			.compression(true)
			.heartbeat((heartbeat) -> heartbeat.withMaxMissed(2))
			.reconnect((reconnect) -> reconnect.withMaxAttempts(3))
			.session((session) -> session.withTimeout(second))
			.delivery((delivery) -> delivery.withWindow(5))
			.request((request) -> request.withWindow(8))
			.subscription((subscription) -> subscription.withTimeout(second))
			.queue((queue) -> queue.withCapacity(6))
			.inbound((inbound) -> inbound.withBufferMessages(7))
			.framing((framing) -> framing.withDelimiter("\n"))
			.cluster((cluster) -> cluster.withRole("r"));
		assertThat(build()).isEqualTo(new ClientSettings("chat", List.of(other), Map.of("A", "c"), List.of("d"),
				"https://localhost", Map.of("e", "f", "g", "h"), second, second.multipliedBy(2), second.multipliedBy(3),
				1000, 2000, ProxySettings.NONE.withPort(1), true, HeartbeatSettings.DEFAULTS.withMaxMissed(2),
				ReconnectSettings.DEFAULTS.withMaxAttempts(3), SessionSettings.DEFAULTS.withTimeout(second),
				DeliverySettings.DEFAULTS.withWindow(5), RequestSettings.DEFAULTS.withWindow(8),
				SubscriptionSettings.DEFAULTS.withTimeout(second), QueueSettings.DEFAULTS.withCapacity(6),
				InboundSettings.DEFAULTS.withBufferMessages(7), FramingSettings.DEFAULTS.withDelimiter("\n"),
				ClusterSettings.DEFAULTS.withRole("r")));
	}

	@Test
	void refusesSettingsOfAnotherClient() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.builder.settings((settings) -> ClientSettings.defaults("other")))
			.withMessageContaining("chat");
	}

	@Test
	void refusesASettingThatBreaksARule() {
		this.builder.maxFrameSize(124);
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(this.builder::build)
			.withMessage("max-frame-size = '124B': allowed is 125B to 16MB");
	}

	private ClientSettings build() {
		return ClientRuntime.settingsOf(this.builder.build());
	}

}
