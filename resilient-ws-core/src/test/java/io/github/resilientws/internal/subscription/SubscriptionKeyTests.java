package io.github.resilientws.internal.subscription;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import io.github.resilientws.CapturedLog;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.internal.subscription.SubscriptionRig.Listener;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.settings.SubscriptionSettings.Action;
import io.github.resilientws.settings.SubscriptionSettings.OnMessage;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How messages name their subscriptions, by protocols that exist.
 */
class SubscriptionKeyTests {

	@RegisterExtension
	final CapturedLog log = new CapturedLog(ResilientWebSocketClient.class, Level.WARN);

	@Test
	void theServerGivesTheName() {
		Rig rig = SubscriptionRig
			.replied((settings) -> settings.withKey("/result")
				.withMessageKey("/params/subscription")
				.withPayload("/params/result")
				.withCancel("{\"id\":{{id}},\"unsub\":{{key}}}"))
			.connect();
		Listener a = SubscriptionRig.listen(rig, "newHeads");
		rig.connection().text("{\"params\":{\"subscription\":\"0xcd\",\"result\":0}}");
		SubscriptionRig.settle(rig);
		assertThat(a.texts()).isEmpty();
		assertThat(rig.received).hasSize(1);
		rig.connection().text("{\"id\":1,\"result\":\"0xcd\"}");
		rig.connection().text("{\"params\":{\"subscription\":\"0xcd\",\"result\":1}}");
		SubscriptionRig.settle(rig);
		assertThat(a.texts()).hasSize(1);
		assertThat(rig.received).hasSize(2);
		a.subscription().close();
		assertThat(rig.connection().sentTexts()).last().isEqualTo("{\"id\":2,\"unsub\":\"0xcd\"}");
	}

	@Test
	void aCancellationThatNeedsTheNameWaitsForIt() {
		Rig rig = SubscriptionRig.replied((settings) -> settings.withKey("/result").withCancel("[34,{{id}},{{key}}]"))
			.connect();
		Listener a = SubscriptionRig.listen(rig, "a");
		Listener b = SubscriptionRig.listen(rig, "b");
		a.subscription().close();
		b.subscription().close();
		assertThat(rig.connection().sentTexts()).hasSize(2);
		rig.connection().text("{\"id\":1,\"result\":77}");
		assertThat(rig.connection().sentTexts()).hasSize(3).last().isEqualTo("[34,3,77]");
		rig.advance(Duration.ofSeconds(10));
		rig.connection().text("{\"id\":2,\"result\":78}");
		assertThat(rig.connection().sentTexts()).hasSize(3);
		assertThat(rig.observed("subscription")).isEmpty();
	}

	@Test
	void aCancellationThatCannotBeWrittenIsLoggedAtTheStartAndAtTheEnd() {
		Rig rig = SubscriptionRig
			.replied((settings) -> settings.withKey("/result").withCancel("{\"unsub\":{{kye}},\"id\":{{id}}}"))
			.connect();
		assertThat(warnings()).singleElement()
			.asString()
			.startsWith(
					"[chat] only withValue supplies {{kye}} of subscription.cancel; known names are destination, id,"
							+ " key, now, payload, subscription, uuid");
		Listener a = SubscriptionRig.listen(rig, "s3cret");
		rig.connection().text("{\"id\":1,\"result\":\"x\"}");
		a.subscription().close();
		assertThat(rig.connection().sentTexts()).hasSize(1);
		assertThat(warnings()).last()
			.isEqualTo("[chat] a subscription was not cancelled: no value for {{kye}} of subscription.cancel");
	}

	@Test
	void confirmationsWithoutTheKeyAreLoggedOncePerConnection() {
		Rig rig = SubscriptionRig
			.replied((settings) -> settings.withKey("/reslt").withCancel(""),
					(builder) -> builder.heartbeat((heartbeat) -> heartbeat.withMode(Mode.OFF)))
			.connect();
		SubscriptionRig.listen(rig, "a");
		SubscriptionRig.listen(rig, "b");
		rig.connection().text("{\"id\":1,\"result\":\"x\"}");
		rig.advance(Duration.ofMinutes(2));
		rig.connection().text("{\"id\":2,\"result\":\"y\"}");
		assertThat(warnings()).containsOnlyOnce("[chat] a confirmation has no value for subscription.key: no message is"
				+ " assigned to its subscription");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					sub {{destinaton}}       | no template writes its destination; {{destination}} is missing in subscription.send
					sub {{destination:raw}} {{kye}} | no value for {{kye}} of subscription.send
					""")
	void aSubscriptionThatCannotBeWrittenIsLogged(String send, String reason) {
		Rig rig = SubscriptionRig.written((settings) -> settings.withSend(send)).connect();
		SubscriptionRig.listen(rig, "s3cret");
		assertThat(warnings()).contains("[chat] a subscription was not sent: " + reason);
	}

	@Test
	void messagesNameTheId() {
		Rig rig = SubscriptionRig
			.replied((settings) -> settings.withKey("id")
				.withMessageKey("/id")
				.withCancel("{\"id\":{{id}},\"subscription\":{{key}}}"))
			.connect();
		Listener a = SubscriptionRig.listen(rig, "a");
		Listener b = SubscriptionRig.listen(rig, "b");
		rig.connection().text("{\"id\":2,\"result\":null}");
		rig.connection().text("{\"id\":1,\"result\":null}");
		rig.connection().text("{\"id\":2,\"event\":1}");
		// looks like a late reply
		rig.connection().text("{\"id\":1,\"result\":2}");
		rig.connection().text("{\"id\":9,\"result\":3}");
		SubscriptionRig.settle(rig);
		assertThat(a.texts()).containsExactly("{\"id\":1,\"result\":2}");
		assertThat(b.texts()).containsExactly("{\"id\":2,\"event\":1}");
		assertThat(rig.received).hasSize(2);
		b.subscription().close();
		assertThat(rig.connection().sentTexts()).last().isEqualTo("{\"id\":3,\"subscription\":2}");
	}

	@Test
	void aStreamOfGraphql() {
		Rig rig = new Rig((builder) -> builder
			.request((request) -> request.withSend("{\"id\":\"{{id}}\",\"query\":{{destination}}}")
				.withReply("/type = next || /type = complete", "/id", "/payload/data")
				.withError("/type = error || /payload/errors", "", "/payload"))
			.subscription((subscription) -> subscription.withSend("{\"id\":\"{{id}}\",\"query\":{{destination}}}")
				.withAwait("")
				.withCancel("{\"id\":\"{{key}}\",\"type\":\"complete\"}")
				.withKey("id")
				.withMessageKey("/id")
				.withPayload("/payload/data")
				.withOnMessage(List.of(new OnMessage("/type = complete", Action.END),
						new OnMessage("/type = error", Action.FAIL)))))
			.connect();
		Listener a = SubscriptionRig.listen(rig, "a");
		Listener b = SubscriptionRig.listen(rig, "b");
		Listener c = SubscriptionRig.listen(rig, "c");
		assertThat(c.subscription().isActive()).isTrue();
		rig.connection().text("{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"data\":1}}");
		rig.connection().text("{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"errors\":[],\"data\":2}}");
		rig.connection().text("{\"id\":\"1\",\"type\":\"complete\"}");
		rig.connection().text("{\"id\":\"2\",\"type\":\"error\",\"payload\":[]}");
		rig.connection().text("{\"id\":\"1\",\"type\":\"complete\"}");
		SubscriptionRig.settle(rig);
		assertThat(a.texts()).hasSize(2);
		assertThat(b.texts()).isEmpty();
		assertThat(rig.received).hasSize(2);
		assertThat(rig.observed("subscription")).containsExactly(
				"subscription a ENDED {\"id\":\"1\",\"type\":\"complete\"}",
				"subscription b REFUSED {\"id\":\"2\",\"type\":\"error\",\"payload\":[]}");
		c.subscription().close();
		assertThat(rig.connection().sentTexts()).last().isEqualTo("{\"id\":\"3\",\"type\":\"complete\"}");
	}

	@Test
	void aRefusalOfWhatWasWrittenEndsIt() {
		Rig rig = SubscriptionRig.replied((settings) -> settings.withAwait("")).connect();
		Listener a = SubscriptionRig.listen(rig, "a");
		assertThat(a.subscription().isActive()).isTrue();
		rig.connection().text("{\"id\":1,\"error\":\"no\"}");
		assertThat(a.subscription().isActive()).isFalse();
		assertThat(rig.observed("subscription")).containsExactly("subscription a REFUSED {\"id\":1,\"error\":\"no\"}");
		rig.connection().text("{\"id\":1,\"error\":\"no\"}");
		SubscriptionRig.settle(rig);
		assertThat(rig.received).isEmpty();
	}

	@Test
	void requestsAndCancellationsHaveTheIdOfTheJoin() {
		Rig rig = SubscriptionRig.replied(
				(settings) -> settings.withSend("[\"{{id}}\",\"{{id}}\",{{destination}},\"phx_join\",{}]")
					.withCancel("[\"{{subscription}}\",\"{{id}}\",{{destination}},\"phx_leave\",{}]")
					.withMessageKey("/2")
					.withOnMessage(SubscriptionRig.onMessage("/3 = phx_error", Action.RENEW)),
				(builder) -> builder.request((request) -> request
					.withSend("[\"{{subscription}}\",\"{{id}}\",{{destination}},{{event}},{{payload}}]")
					.withReply("/3 = phx_reply", "/1", "/4/response")
					.withError("/4/status = error", "", "/4/response")))
			.connect();
		Listener a = SubscriptionRig.listen(rig, "room:a");
		SubscriptionRig.listen(rig, "room:b");
		rig.connection().text("[\"1\",\"1\",\"room:a\",\"phx_reply\",{\"status\":\"ok\",\"response\":{}}]");
		rig.client.sendAndReceive(OutboundMessage.empty().withDestination("room:b").withValue("event", "shout"));
		assertThat(rig.connection().sentTexts()).last().isEqualTo("[\"2\",\"3\",\"room:b\",\"shout\",null]");
		assertThat(Rig
			.failure(rig.client.sendAndReceive(OutboundMessage.empty().withDestination("no").withValue("event", "e"))))
			.hasMessageContaining("{{subscription}}");
		rig.connection().text("[\"1\",null,\"room:a\",\"phx_error\",{}]");
		rig.advance(Duration.ofSeconds(1));
		assertThat(rig.connection().sentTexts()).last().isEqualTo("[\"5\",\"5\",\"room:a\",\"phx_join\",{}]");
		a.subscription().close();
		assertThat(rig.connection().sentTexts()).last().isEqualTo("[\"5\",\"6\",\"room:a\",\"phx_leave\",{}]");
	}

	@Test
	void severalSubscriptionsMayHaveOneKey() {
		Rig rig = SubscriptionRig
			.replied((settings) -> settings.withSend("{\"id\":{{id}},\"sub\":{{destination}},\"p\":{{payload}}}"))
			.connect();
		Listener first = SubscriptionRig.listen(rig, "a");
		List<String> second = new CopyOnWriteArrayList<>();
		rig.client.subscribe(OutboundMessage.of(List.of(1)).withDestination("a"), (message) -> second.add("2"));
		rig.connection().text("{\"topic\":\"a\"}");
		SubscriptionRig.settle(rig);
		assertThat(first.texts()).hasSize(1);
		assertThat(second).hasSize(1);
		first.subscription().close();
		rig.connection().text("{\"topic\":\"a\"}");
		SubscriptionRig.settle(rig);
		assertThat(first.texts()).hasSize(1);
		assertThat(second).hasSize(2);
	}

	@Test
	void withoutAMessageKeyMessagesAreOrdinary() {
		Rig rig = SubscriptionRig.replied((settings) -> settings.withMessageKey("")).connect();
		Listener a = SubscriptionRig.listen(rig, "a");
		rig.connection().text("{\"topic\":\"a\"}");
		SubscriptionRig.settle(rig);
		assertThat(a.texts()).isEmpty();
		assertThat(rig.received).hasSize(1);
	}

	@Test
	void unusedKeysLeaveNothingBehind() {
		Rig rig = SubscriptionRig.replied((settings) -> settings).connect();
		Listener a = SubscriptionRig.listen(rig, "a");
		for (int i = 0; i < 10_000; i++) {
			rig.connection().text("{\"topic\":\"x" + i + "\"}");
		}
		rig.connection().text("{\"topic\":\"a\"}");
		SubscriptionRig.settle(rig);
		assertThat(a.texts()).hasSize(1);
		assertThat(rig.client.getStatistics().getPendingSubscriptions()).isEqualTo(1);
	}

	@Test
	void aDestinationKeepsTheIdOfTheSubscriptionThatIsLeft() {
		Rig rig = SubscriptionRig.replied((settings) -> settings,
				(builder) -> builder.request((request) -> request.withSend("{{id}} {{destination}} {{subscription}}")
					.withReply("/result", "/id", "/result")))
			.connect();
		SubscriptionRig.listen(rig, "a");
		rig.client.subscribe(OutboundMessage.empty().withDestination("a").withId("own"), (message) -> {
		}).close();
		rig.client.sendAndReceive(OutboundMessage.empty().withDestination("a"));
		assertThat(rig.connection().sentTexts()).last().isEqualTo("3 \"a\" 1");
	}

	@Test
	void aSubscriptionWithoutANameIsForgottenThoughItTimedOutBefore() {
		Rig rig = SubscriptionRig.replied((settings) -> settings.withKey("/result").withCancel("[34,{{id}},{{key}}]"))
			.connect();
		Listener a = SubscriptionRig.listen(rig, "a");
		rig.advance(Duration.ofSeconds(10));
		a.subscription().close();
		rig.advance(Duration.ofSeconds(10));
		rig.connection().text("{\"id\":1,\"result\":77}");
		assertThat(rig.connection().sentTexts()).hasSize(1);
	}

	@Test
	void theNameOfACancelledSubscriptionIsNotThatOfTheNext() {
		Rig rig = SubscriptionRig
			.replied((settings) -> settings.withAwait("/name").withKey("/name").withCancel("").withMessageKey("/topic"))
			.connect();
		SubscriptionRig.listen(rig, "a").subscription().close();
		Listener b = SubscriptionRig.listen(rig, "b");
		rig.connection().text("{\"name\":\"n1\"}");
		assertThat(b.subscription().isActive()).isFalse();
		rig.connection().text("{\"name\":\"n2\"}");
		assertThat(b.subscription().isActive()).isTrue();
		rig.connection().text("{\"topic\":\"n1\"}");
		rig.connection().text("{\"topic\":\"n2\"}");
		SubscriptionRig.settle(rig);
		assertThat(b.texts()).containsExactly("{\"topic\":\"n2\"}");
		assertThat(rig.received).containsExactly("{\"topic\":\"n1\"}", "{\"topic\":\"n2\"}");
	}

	private List<String> warnings() {
		return this.log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
	}

}
