package io.github.resilientws.settings;

import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link CodeActions}.
 */
class CodeActionsTests {

	@Test
	void narrowestKeyWins() {
		CodeActions actions = CodeActions.forClose(Map.of("4xxx", ReconnectAction.RETRY, "4000-4099",
				ReconnectAction.STOP, "4050", ReconnectAction.REFRESH, "4090-4110", ReconnectAction.RETRY_SLOW));
		assertThat(actions.find(4000)).isEqualTo(ReconnectAction.STOP);
		assertThat(actions.find(4050)).isEqualTo(ReconnectAction.REFRESH);
		assertThat(actions.find(4089)).isEqualTo(ReconnectAction.STOP);
		assertThat(actions.find(4090)).isEqualTo(ReconnectAction.RETRY_SLOW);
		assertThat(actions.find(4110)).isEqualTo(ReconnectAction.RETRY_SLOW);
		assertThat(actions.find(4111)).isEqualTo(ReconnectAction.RETRY);
		assertThat(actions.find(3999)).isNull();
	}

	@Test
	void classCoversItsHundred() {
		CodeActions actions = CodeActions.forStatus(Map.of("5xx", ReconnectAction.STOP));
		assertThat(actions.find(499)).isNull();
		assertThat(actions.find(500)).isEqualTo(ReconnectAction.STOP);
		assertThat(actions.find(599)).isEqualTo(ReconnectAction.STOP);
		assertThat(actions.find(600)).isNull();
	}

	@Test
	void withoutKeysThereIsNoAction() {
		assertThat(CodeActions.forClose(Map.of()).find(1008)).isNull();
	}

}
