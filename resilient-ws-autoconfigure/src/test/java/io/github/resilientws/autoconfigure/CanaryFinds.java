package io.github.resilientws.autoconfigure;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.event.WebSocketClientEvent;
import io.github.resilientws.event.WebSocketDisconnectedEvent;
import io.github.resilientws.event.WebSocketReconnectFailedEvent;
import io.github.resilientws.event.WebSocketReconnectScheduledEvent;

/**
 * Where canaries were found.
 */
final class CanaryFinds {

	static final String CANARY = "cAnArY";

	private final Queue<String> finds = new ConcurrentLinkedQueue<>();

	Set<String> all() {
		return new TreeSet<>(this.finds);
	}

	void lookAt(ResilientWebSocketClient client) {
		lookAt("client", client);
		lookAt("status", client.getStatus());
		lookAt("statistics", client.getStatistics());
		lookAt("heartbeat", client.getHeartbeat());
		lookAt(client.getStatus().lastCause());
	}

	void lookAt(WebSocketClientEvent event) {
		lookAt("event", event);
		if (event instanceof WebSocketDisconnectedEvent disconnected) {
			lookAt(disconnected.getCause());
		}
		if (event instanceof WebSocketReconnectScheduledEvent scheduled) {
			lookAt(scheduled.getCause());
		}
		if (event instanceof WebSocketReconnectFailedEvent failed) {
			lookAt(failed.getCause());
		}
	}

	void lookAt(MeterRegistry registry) {
		registry.getMeters().forEach((meter) -> lookAt("meter", meter.getId()));
	}

	private void lookAt(@Nullable DisconnectCause cause) {
		if (cause != null) {
			lookAt("cause", cause);
			lookAt("description of a cause", cause.describe());
			if (cause instanceof DisconnectCause.ConnectFailed failed) {
				lookAt("failure of an attempt", failed.failure());
			}
			if (cause instanceof DisconnectCause.WriteFailed failed) {
				lookAt("failure of a write", failed.failure());
			}
		}
	}

	void lookAt(String place, @Nullable Object thing) {
		for (String text : texts(thing)) {
			int at = text.indexOf(CANARY);
			if (at >= 0) {
				this.finds.add(place + ": " + text.substring(Math.max(0, at - 100), Math.min(text.length(), at + 50)));
			}
		}
	}

	private static List<String> texts(@Nullable Object thing) {
		List<String> texts = new ArrayList<>();
		texts.add(String.valueOf(thing));
		if (thing instanceof Throwable failure) {
			for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
				texts.add(cause.toString());
				Stream.of(cause.getSuppressed()).map(Throwable::toString).forEach(texts::add);
			}
		}
		return texts;
	}

}
