package io.github.resilientws.transport;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.DisconnectCause;
import io.github.resilientws.DisconnectCause.Closed;
import io.github.resilientws.DisconnectCause.ConnectFailed;
import io.github.resilientws.DisconnectCause.HandshakeRefused;
import io.github.resilientws.DisconnectCause.HeartbeatLost;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketHandshakeException;
import io.github.resilientws.internal.ClientRuntime;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.ReconnectSettings.Jitter;
import io.github.resilientws.settings.SessionSettings;

/**
 * A complete client that meets a {@link WireServer}, and what came of it in words:
 * {@code open, messages 1} or {@code by us 1002}, {@code by peer 1006},
 * {@code refused 503}, {@code MALFORMED}, {@code IOException}, {@code dead} if only the
 * heartbeat noticed, followed by a delay of more than a second or {@code FAILED} if it
 * did not come back soon.
 */
final class WireVictim implements AutoCloseable {

	static final Duration INITIAL_DELAY = Duration.ofMillis(100);

	/** Read until a time-out: nothing else bounds it. */
	static final String TIMEOUT = "TimeoutException";

	/** Only the heartbeat noticed. */
	static final String DEAD = "dead";

	private static final Duration PATIENCE = Duration.ofSeconds(5);

	private static final Duration IMPATIENCE = Duration.ofSeconds(2);

	private static final Duration SOON = Duration.ofSeconds(1);

	private final CompletableFuture<String> result = new CompletableFuture<>();

	private final CompletableFuture<String> afterwards = new CompletableFuture<>();

	private final AtomicInteger messages = new AtomicInteger();

	private final AtomicInteger ends = new AtomicInteger();

	private final List<Duration> delays = new CopyOnWriteArrayList<>();

	private final ResilientWebSocketClient client;

	WireVictim(ClientRuntime runtime, URI url, boolean compression, boolean patient) {
		this.client = runtime.builder("victim")
			.urls(List.of(url))
			.compression(compression)
			.connectTimeout((patient) ? PATIENCE : IMPATIENCE)
			.closeTimeout(Duration.ofMillis(500))
			.shutdownTimeout(Duration.ofMillis(500))
			.reconnect((reconnect) -> reconnect.withBackOff(INITIAL_DELAY, 1.5, INITIAL_DELAY.multipliedBy(2))
				.withJitter(Jitter.NONE))
			.heartbeat((heartbeat) -> beat(
					(patient) ? heartbeat : heartbeat.withInterval(SOON).withTimeout(SOON.dividedBy(2))))
			.session((session) -> new SessionSettings(session.timeout(), session.steps(),
					List.of(new SessionSettings.AutoReply("/type = ask", "{\"type\":\"answer\"}"))))
			.observer(new Witness())
			.listener((message) -> {
				if (message.isText() && message.text().equals(WireCase.SENTINEL)) {
					this.result.complete(WireCase.OPEN + this.messages);
				}
				this.messages.incrementAndGet();
			})
			.build();
		this.client.connect();
	}

	private static HeartbeatSettings beat(HeartbeatSettings heartbeat) {
		return heartbeat.withText("{\"type\":\"PING\"}", "/type = PONG || /pong/0/id");
	}

	/**
	 * Return whether a case with such an outcome is worth waiting for.
	 * @param outcome the outcome that is expected
	 * @return {@code false} if a time-out or the heartbeat ends it
	 */
	static boolean isPatient(String outcome) {
		return !outcome.contains(TIMEOUT) && !outcome.contains(DEAD);
	}

	/**
	 * Wait for what comes of it.
	 * @return the outcome
	 */
	String await() throws Exception {
		String result = this.result.get(20, TimeUnit.SECONDS);
		return result.startsWith(WireCase.OPEN) ? result : result + this.afterwards.get(20, TimeUnit.SECONDS);
	}

	List<Duration> delays() {
		return this.delays;
	}

	int ends() {
		return this.ends.get();
	}

	@Override
	public void close() throws Exception {
		this.client.disconnect().get(10, TimeUnit.SECONDS);
	}

	static String describe(DisconnectCause cause) {
		if (cause instanceof Closed closed) {
			return ((closed.byPeer()) ? "by peer " : "by us ") + closed.code();
		}
		if (cause instanceof HandshakeRefused refused) {
			return "refused " + refused.status();
		}
		if (cause instanceof ConnectFailed failed) {
			return (failed.failure() instanceof WebSocketHandshakeException ex) ? ex.getProblem().name()
					: failed.failure().getClass().getSimpleName();
		}
		return (cause instanceof HeartbeatLost) ? DEAD : cause.describe();
	}

	private final class Witness implements ClientObserver {

		@Override
		public void attemptEnded(String client, @Nullable DisconnectCause failure, Duration elapsed) {
			if (failure != null) {
				end(failure);
			}
		}

		@Override
		public void disconnected(String client, DisconnectCause cause) {
			end(cause);
		}

		private void end(DisconnectCause cause) {
			WireVictim.this.ends.incrementAndGet();
			WireVictim.this.result.complete(describe(cause));
		}

		@Override
		public void ready(String client, Duration outage) {
			if (WireVictim.this.ends.get() > 0) {
				WireVictim.this.afterwards.complete("");
			}
		}

		@Override
		public void reconnectScheduled(String client, int attempt, Duration delay, DisconnectCause cause) {
			WireVictim.this.delays.add(delay);
			if (delay.compareTo(SOON) > 0) {
				WireVictim.this.afterwards.complete(", next in " + delay);
			}
			else {
				// hundreds of cases would take too long
				WireVictim.this.client.reconnect();
			}
		}

		@Override
		public void reconnectFailed(String client, int attempts, DisconnectCause cause) {
			WireVictim.this.afterwards.complete(", FAILED");
		}

	}

}
