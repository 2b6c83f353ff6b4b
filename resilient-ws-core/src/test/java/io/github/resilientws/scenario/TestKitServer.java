package io.github.resilientws.scenario;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.resilientws.test.Peer;
import io.github.resilientws.test.TestWebSocketServer;

/**
 * The server of the test kit.
 */
final class TestKitServer implements Server {

	private final TestWebSocketServer server = TestWebSocketServer.start();

	private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

	@Override
	public URI url() {
		return this.server.url();
	}

	@Override
	public void stop(Kick how) {
		kick(how);
		if (how.code() != 1006) {
			this.server.seen().awaitConnections(0, Scenario.LIMIT);
		}
		this.server.stop();
	}

	@Override
	public void kick(Kick how) {
		switch (how) {
			case FIN -> this.server.open().fin();
			case RST -> this.server.open().reset();
			default -> this.server.open().close(how.code(), "restart");
		}
	}

	@Override
	public void restart() {
		this.server.restart();
	}

	@Override
	public void goSilent() {
		this.server.open().goSilent();
	}

	@Override
	public void stopReading() {
		this.server.open().stopReading();
	}

	@Override
	public void push(String text) {
		this.server.open().push(text);
	}

	@Override
	public List<String> texts() {
		return arrivals().stream().map(Arrival::text).toList();
	}

	@Override
	public int textCount() {
		return (int) this.server.seen().textCount();
	}

	@Override
	public void acknowledge(AckPlan plan) {
		Random random = new Random(1);
		Map<String, Integer> copies = new ConcurrentHashMap<>();
		Set<Peer> ended = ConcurrentHashMap.newKeySet();
		this.server.forgetReplies().acknowledge().then((peer, copy) -> {
			if (ended.contains(peer)) {
				return;
			}
			int number = copies.merge(copy.id(), 1, Integer::sum);
			if (number <= plan.killing() || copy.text().endsWith(":\"" + plan.poison() + "\"}")) {
				// behind the acknowledgements of the messages before it
				peer.fin();
				ended.add(peer);
			}
			else if (number > plan.dropped() && random.nextDouble() >= plan.share()) {
				this.acknowledged.add(copy.id());
				peer.push(copy.acknowledgement());
			}
		});
	}

	@Override
	public Set<String> acknowledged() {
		return this.acknowledged;
	}

	@Override
	public List<Arrival> arrivals() {
		return Arrival.of(this.server.seen());
	}

	@Override
	public void close() {
		this.server.close();
	}

}
