package io.github.resilientws.test;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.MessageRules;
import io.github.resilientws.protocol.ParsedMessage;

/**
 * Scripts which copies of a message the server acknowledges, and when. A message is a
 * JSON object with a field {@code id}; its acknowledgement is
 * {@code {"type":"ack","messageId":<id>}}.
 *
 * <pre>{@code
 * server.acknowledge().fromCopy(2); // the first acknowledgement of each message is lost
 * }</pre>
 *
 * @since 0.1
 */
public final class AcknowledgementScript {

	private final TestWebSocketServer server;

	private final ScheduledExecutorService timer;

	private final MessageRules rules;

	private final Locator id;

	private final Map<String, Integer> copies = new ConcurrentHashMap<>();

	AcknowledgementScript(TestWebSocketServer server, ScheduledExecutorService timer) {
		this.server = server;
		this.timer = timer;
		MessageRules.Builder builder = MessageRules.builder();
		this.id = builder.locator("id", "/id");
		this.rules = builder.build();
	}

	/**
	 * Acknowledge every copy.
	 * @return the server
	 */
	public TestWebSocketServer all() {
		return fromCopy(1);
	}

	/**
	 * Acknowledge only later copies, as if the first acknowledgements of each message
	 * were lost.
	 * @param number number of the first copy that is acknowledged, from 1
	 * @return the server
	 */
	public TestWebSocketServer fromCopy(int number) {
		return then((peer, copy) -> {
			if (copy.number() >= number) {
				peer.push(copy.acknowledgement());
			}
		});
	}

	/**
	 * Lose some acknowledgements. The same ones are lost in each run.
	 * @param share share of lost acknowledgements, from 0 to 1
	 * @param seed seed of the choice
	 * @return the server
	 */
	public TestWebSocketServer dropping(double share, long seed) {
		Random random = new Random(seed);
		return then((peer, copy) -> {
			if (random.nextDouble() >= share) {
				peer.push(copy.acknowledgement());
			}
		});
	}

	/**
	 * Acknowledge every copy late.
	 * @param delay delay of the acknowledgement
	 * @return the server
	 */
	public TestWebSocketServer after(Duration delay) {
		return then((peer, copy) -> this.timer.schedule(() -> peer.push(copy.acknowledgement()), delay.toNanos(),
				TimeUnit.NANOSECONDS));
	}

	/**
	 * Run an action for each copy.
	 * @param action called on the connection's thread with the connection and the copy
	 * @return the server
	 */
	public TestWebSocketServer then(BiConsumer<Peer, ReceivedCopy> action) {
		return this.server.on((text) -> this.rules.read(text).find(this.id) != null)
			.then((peer, text) -> action.accept(peer, copy(text)));
	}

	private ReceivedCopy copy(String text) {
		ParsedMessage frame = this.rules.read(text);
		String id = Objects.requireNonNull(frame.find(this.id));
		return new ReceivedCopy(id, this.copies.merge(id, 1, Integer::sum), text,
				"{\"type\":\"ack\",\"messageId\":" + frame.findJson(this.id) + "}");
	}

}
