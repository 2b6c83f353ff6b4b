package io.github.resilientws.test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AcknowledgementScriptTests {

	private final TestWebSocketServer server = TestWebSocketServer.start();

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void acknowledgesFromTheThirdCopyOnEachIdByItself() {
		this.server.acknowledge().fromCopy(3);

		List<String> replies = replies(message(1), message(2), message(1), message(1), "{}", message(2), message(1));

		assertThat(replies).containsExactly(acknowledgement(1), acknowledgement(1));
	}

	@Test
	void dropsTheSameShareInEachRun() {
		String[] messages = IntStream.range(0, 100)
			.mapToObj(AcknowledgementScriptTests::message)
			.toArray(String[]::new);
		this.server.acknowledge().dropping(0.2, 7);
		List<String> first = replies(messages);

		this.server.forgetReplies().acknowledge().dropping(0.2, 7);

		assertThat(first).hasSizeBetween(70, 90);
		assertThat(replies(messages)).isEqualTo(first);
	}

	@Test
	void acknowledgesLate() {
		this.server.acknowledge().after(Duration.ofMillis(300));
		JdkClient client = JdkClient.connect(this.server);
		long start = System.nanoTime();

		client.send(message(1));

		Awaitility.await().until(() -> client.texts().equals(List.of(acknowledgement(1))));
		assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(300));
	}

	@Test
	void reportsIdAndNumberOfACopy() {
		this.server.acknowledge()
			.then((peer, copy) -> peer.push(copy.id() + " " + copy.number() + " " + copy.acknowledgement()));

		List<String> replies = replies("{\"id\":\"a b\",\"data\":{\"id\":2}}", "{\"id\":\"a b\"}",
				"{\"data\":{\"id\":2}}");

		assertThat(replies).containsExactly("a b 1 {\"type\":\"ack\",\"messageId\":\"a b\"}",
				"a b 2 {\"type\":\"ack\",\"messageId\":\"a b\"}");
	}

	// they come in order, so the last one ends them
	private List<String> replies(String... messages) {
		this.server.on("end").reply("ended");
		JdkClient client = JdkClient.connect(this.server);
		List.of(messages).forEach(client::send);
		client.send("end");
		Awaitility.await().until(() -> client.texts().contains("ended"));
		return List.copyOf(client.texts().subList(0, client.texts().size() - 1));
	}

	private static String message(int id) {
		return "{\"id\":" + id + "}";
	}

	private static String acknowledgement(int id) {
		return "{\"type\":\"ack\",\"messageId\":" + id + "}";
	}

}
