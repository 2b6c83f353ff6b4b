package io.github.resilientws.protocol;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.listener.MatchingListener;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.test.ScriptedTransport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class MessageRulesRegistryTests {

	private final MessageRulesRegistry registry = new MessageRulesRegistry();

	private final MessageReader reader = new MessageReader();

	private final Locator id = this.registry.register((builder) -> builder.locator("id", "/id"));

	@Test
	void messageIsReadAgainOnlyByRulesThatWereAddedLater() {
		ParsedMessage message = this.registry.current().read("{\"id\":{\"a\":1},\"type\":\"x\"}");
		assertThat(message.by(this.registry.current())).isSameAs(message);
		MessageMatcher type = this.registry.register((builder) -> builder.matcher("when", "/type = x"));
		ParsedMessage again = message.by(this.registry.current());
		assertThat(again).isNotSameAs(message);
		assertThat(again.matches(type)).isTrue();
		assertThat(again.findJson(this.id)).isEqualTo("{\"a\":1}");
		assertThat(again.by(this.registry.current())).isSameAs(again);
	}

	@Test
	void pointerThatIsKnownMayNeedMoreOfTheValueLater() {
		MessageMatcher exists = this.registry.register((builder) -> builder.matcher("when", "/data"));
		ParsedMessage message = this.registry.current().read("{\"id\":1,\"data\":[1,2]}");
		assertThat(message.matches(exists)).isTrue();
		Locator data = this.registry.register((builder) -> builder.locator("payload", "/data"));
		assertThat(message.by(this.registry.current()).findJson(data)).isEqualTo("[1,2]");
	}

	@Test
	void rulesThatAreWrongChangeNothing() {
		MessageRules before = this.registry.current();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.registry.register((builder) -> builder.locator("payload", "wrong")));
		assertThat(this.registry.current()).isSameAs(before);
	}

	@Test
	void objectOfAMessageIsUsedForTheNextUnlessItIsRetained() {
		ParsedMessage first = this.reader.read(this.registry.current(), "{\"id\":1}");
		assertThat(first.find(this.id)).isEqualTo("1");
		ParsedMessage second = this.reader.read(this.registry.current(), "{\"id\":2}").retain();
		assertThat(second).isSameAs(first);
		assertThat(second.find(this.id)).isEqualTo("2");
		ParsedMessage third = this.reader.read(this.registry.current(), "{\"id\":3}");
		assertThat(third.find(this.id)).isEqualTo("3");
		assertThat(second.find(this.id)).isEqualTo("2");
	}

	@Test
	void clearedReaderHoldsNoMessage() {
		ParsedMessage message = this.reader.read(this.registry.current(), "{\"id\":1}");
		this.reader.clear();
		assertThatIllegalStateException().isThrownBy(message::text);
		ParsedMessage retained = this.reader.read(this.registry.current(), "{\"id\":2}").retain();
		this.reader.clear();
		assertThat(retained.text()).isEqualTo("{\"id\":2}");
	}

	@Test
	void listenersReceiveTheMessageThatTheClientHasRead() {
		List<ParsedMessage> received = new CopyOnWriteArrayList<>();
		ScriptedTransport transport = new ScriptedTransport().autoOpen();
		ResilientWebSocketClient client = transport.newClient("chat")
			.session((session) -> session
				.withAutoReplies(List.of(new SessionSettings.AutoReply("/type = ping", "pong", true))))
			.build();
		MessageRulesRegistry rules = ((MessageRulesProvider) client).messageRules();
		Locator payload = rules.register((builder) -> builder.locator("payload", "/data"));
		rules.setUsedByListeners();
		client.addListener(new Recorder(received));
		client.addListener(new Recorder(received));
		client.connect();
		transport.lastConnection().text("{\"type\":\"event\",\"data\":{\"n\":1}}");
		transport.lastConnection().text("{\"type\":\"event\",\"data\":{\"n\":2}}");
		await().until(() -> received.size() == 4);
		assertThat(received.get(1)).isSameAs(received.get(0));
		assertThat(received).allMatch(ParsedMessage::isRead)
			.extracting((message) -> message.findJson(payload))
			.containsExactly("{\"n\":1}", "{\"n\":1}", "{\"n\":2}", "{\"n\":2}");
	}

	private static final class Recorder implements MatchingListener {

		private final List<ParsedMessage> received;

		Recorder(List<ParsedMessage> received) {
			this.received = received;
		}

		@Override
		public void onMessage(InboundMessage message) {
			throw new IllegalStateException("not read");
		}

		@Override
		public void onMessage(InboundMessage message, @Nullable ParsedMessage parsed) {
			if (parsed != null) {
				this.received.add(parsed);
			}
		}

	}

}
