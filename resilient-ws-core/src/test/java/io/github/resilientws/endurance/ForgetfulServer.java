package io.github.resilientws.endurance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.resilientws.test.Peer;
import io.github.resilientws.test.TestWebSocketServer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server that drops one acknowledgement of five, delays another, and keeps what it got.
 */
final class ForgetfulServer implements AutoCloseable {

	private static final Pattern FRAME = Pattern.compile("\\{\"id\":(\"[^\"]*\"|\\d+),\"data\":\"([^\"]*)\"}");

	private final TestWebSocketServer server = TestWebSocketServer.start();

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

	private final Random random;

	// guarded by this
	private final Map<String, String> payloads = new LinkedHashMap<>();

	// guarded by this: by sender, the numbers in the order of their first arrival
	private final Map<String, List<Integer>> arrivals = new LinkedHashMap<>();

	// guarded by this: by sender, their ids
	private final Map<String, List<String>> ids = new LinkedHashMap<>();

	// guarded by this
	private final List<String> wrong = new ArrayList<>();

	private int frames;

	private volatile boolean reliable;

	ForgetfulServer(long seed) {
		this.random = new Random(seed);
		this.server.seen().countOnly();
		this.server.on((text) -> true).then(this::received);
	}

	TestWebSocketServer server() {
		return this.server;
	}

	/** From now on each message is acknowledged at once. */
	void beReliable() {
		this.reliable = true;
	}

	synchronized int frames() {
		return this.frames;
	}

	synchronized int messages() {
		return this.payloads.size();
	}

	synchronized Map<String, List<Integer>> arrivals() {
		return new LinkedHashMap<>(this.arrivals);
	}

	synchronized Map<String, List<String>> ids() {
		return new LinkedHashMap<>(this.ids);
	}

	synchronized void assertNothingWrong() {
		assertThat(this.wrong).as("corrupt").isEmpty();
	}

	private synchronized void received(Peer peer, String frame) {
		this.frames++;
		Matcher matcher = FRAME.matcher(frame);
		if (!matcher.matches()) {
			this.wrong.add(frame);
			return;
		}
		String id = matcher.group(1);
		String payload = matcher.group(2);
		String known = this.payloads.putIfAbsent(id, payload);
		if (known == null) {
			arrived(id, payload);
		}
		else if (!known.equals(payload)) {
			this.wrong.add(id + " was " + known + ", and is " + payload);
		}
		String ack = "{\"type\":\"ack\",\"messageId\":" + id + "}";
		int chance = this.reliable ? 9 : this.random.nextInt(10);
		if (chance > 3) {
			peer.push(ack);
		}
		else if (chance > 1) {
			this.timer.schedule(() -> peer.push(ack), this.random.nextInt(50, 300), TimeUnit.MILLISECONDS);
		}
	}

	private void arrived(String id, String payload) {
		String[] parts = payload.split(" ", -1);
		int number = Integer.parseInt(parts[1]);
		if (!payload.equals(KilledClient.payload(parts[0], number))) {
			this.wrong.add(payload);
		}
		this.arrivals.computeIfAbsent(parts[0], (sender) -> new ArrayList<>()).add(number);
		this.ids.computeIfAbsent(parts[0], (sender) -> new ArrayList<>()).add(id);
	}

	@Override
	public void close() {
		this.timer.shutdownNow();
		this.server.close();
	}

}
