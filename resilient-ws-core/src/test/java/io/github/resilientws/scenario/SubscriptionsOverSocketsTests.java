package io.github.resilientws.scenario;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.test.ReceivedMessage;
import io.github.resilientws.test.ReceivedMessage.Kind;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many subscriptions to a server that restarts. The cases of single subscriptions are
 * tested in virtual time.
 */
class SubscriptionsOverSocketsTests {

	private static final int SUBSCRIPTIONS = 200;

	private static final int RESTARTS = 5;

	private static final Pattern SUBSCRIBE = Pattern.compile("\\{\"id\":(\\d+),\"sub\":\"d(\\d+)\"}");

	@RegisterExtension
	final Scenario scenario = new Scenario();

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void eachListenerGetsExactlyItsMessagesThoughTheServerRestartsAndNamesThemAnew(boolean spring) throws Exception {
		if (spring) {
			this.scenario.overSpring();
		}
		TestWebSocketServer server = this.scenario.server();
		// each connection gives the names of the one before to other subscriptions
		server.on((text) -> text.contains("sub")).then((peer, text) -> {
			Matcher subscribe = SUBSCRIBE.matcher(text);
			assertThat(subscribe.matches()).isTrue();
			int connection = server.seen().accepted();
			int destination = Integer.parseInt(subscribe.group(2));
			int name = (destination + 7 * connection) % SUBSCRIPTIONS;
			peer.push(List.of("{\"id\":" + subscribe.group(1) + ",\"result\":\"n" + name + "\"}",
					"{\"on\":\"n" + name + "\",\"data\":\"" + destination + " " + connection + "\"}"));
		});
		ResilientWebSocketClient client = this.scenario.build(this.scenario.builder(server.url())
			.request((request) -> request.withReply("/result", "/id", "/result").withWindow(16))
			.subscription((subscription) -> subscription.withSend("{\"id\":{{id}},\"sub\":{{destination}}}")
				.withKey("/result")
				.withMessageKey("/on")
				.withPayload("/data")));
		List<List<String>> received = IntStream.range(0, SUBSCRIPTIONS)
			.<List<String>>mapToObj((i) -> new CopyOnWriteArrayList<>())
			.toList();
		IntStream.range(0, SUBSCRIPTIONS).forEach((i) -> client.subscribe("d" + i, String.class, received.get(i)::add));
		client.connect();
		for (int connection = 1; connection <= RESTARTS + 1; connection++) {
			client.send("data " + connection);
			server.seen().awaitText("data " + connection, Scenario.LIMIT);
			int messages = connection;
			await().atMost(Scenario.LIMIT)
				.untilAsserted(() -> assertThat(received).allSatisfy((texts) -> assertThat(texts).hasSize(messages)));
			assertThat(client.getStatistics().getActiveSubscriptions()).isEqualTo(SUBSCRIPTIONS);
			if (connection <= RESTARTS) {
				server.stop();
				await().atMost(Scenario.LIMIT).until(() -> !client.isReady());
				assertThat(client.getStatistics().getPendingSubscriptions()).isEqualTo(SUBSCRIPTIONS);
				server.restart();
			}
		}
		for (int i = 0; i < SUBSCRIPTIONS; i++) {
			int destination = i;
			assertThat(received.get(i)).isEqualTo(IntStream.rangeClosed(1, RESTARTS + 1)
				.mapToObj((connection) -> destination + " " + connection)
				.toList());
		}
		for (int connection = 1; connection <= RESTARTS + 1; connection++) {
			assertThat(texts(server, connection)).isEqualTo(
					Stream
						.concat(IntStream.range(0, SUBSCRIPTIONS)
							.mapToObj((i) -> "{\"id\":" + (i + 1) + ",\"sub\":\"d" + i + "\"}"),
								Stream.of("data " + connection))
						.toList());
		}
	}

	private static List<String> texts(TestWebSocketServer server, int connection) {
		return server.seen()
			.received(Kind.TEXT)
			.stream()
			.filter((message) -> message.connection() == connection)
			.map(ReceivedMessage::text)
			.toList();
	}

}
