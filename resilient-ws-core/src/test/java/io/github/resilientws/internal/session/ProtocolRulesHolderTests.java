package io.github.resilientws.internal.session;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.HeartbeatSettings.Mode;

import static org.assertj.core.api.Assertions.assertThat;

class ProtocolRulesHolderTests {

	private final ClientSettings settings = ClientSettings.defaults("one");

	private final ProtocolRules rules = rules(this.settings);

	@Test
	void clientsWithEqualSettingsShareTheirRules() {
		assertThat(rules(ClientSettings.defaults("two"))).isSameAs(this.rules);
	}

	@Test
	void anotherHeartbeatHasOtherRules() {
		ProtocolRules others = rules(
				this.settings.withHeartbeat(this.settings.heartbeat().withInterval(Duration.ofSeconds(1))));
		assertThat(others).isNotSameAs(this.rules);
		assertThat(others.heartbeat().settings().interval()).isEqualTo(Duration.ofSeconds(1));
	}

	@Test
	void matchersBelongToOneClient() {
		ClientSettings textual = this.settings
			.withHeartbeat(this.settings.heartbeat().withMode(Mode.TEXT).withSend("ping").withAwait("/type = pong"));
		assertThat(rules(textual)).isNotSameAs(rules(textual));
	}

	private static ProtocolRules rules(ClientSettings settings) {
		return new ProtocolRulesHolder(settings, false).current();
	}

}
