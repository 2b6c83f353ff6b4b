package io.github.resilientws.autoconfigure;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import io.github.resilientws.CapturedLog;
import io.github.resilientws.ResilientWebSocketClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Placeholders that no property resolves. {@link FailureTextsTests} shows the refused
 * ones.
 */
class PlaceholderTests {

	@RegisterExtension
	final CapturedLog log = new CapturedLog(ResilientWebSocketClient.class, Level.WARN);

	@Test
	void unresolvedPlaceholderOfATemplateIsLoggedWithItsKey() {
		Contexts.yaml(Contexts.fake(), """
				resilient-ws:
				  clients:
				    shop:
				      url: ws://localhost
				      session: { steps: [ { send: '{"token":"${SHOP_TOKEN}","room":"${room:a}"}' } ] }
				""").run((context) -> assertThat(context).hasNotFailed());
		assertThat(this.log.list).extracting(ILoggingEvent::getFormattedMessage)
			.containsExactly("The setting 'resilient-ws.clients.shop.session.steps[0].send' holds a ${placeholder} that"
					+ " no property resolves");
	}

	@Test
	void escapedPlaceholderIsText() {
		Contexts.yaml(Contexts.fake(), """
				resilient-ws:
				  defaults: { values: { token: '${OVERRIDDEN}' } }
				  clients:
				    shop:
				      url: ws://localhost
				      values: { token: '\\${a}' }
				      heartbeat: { mode: text, send: '\\${b}', await: c }
				""").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(ClientConfigurations.class).get("shop").settings().values())
				.containsEntry("token", "${a}");
		});
		assertThat(this.log.list).isEmpty();
	}

}
