package io.github.resilientws.scenario;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.resilientws.DisconnectCause;
import io.github.resilientws.event.ApplicationEvents;
import io.github.resilientws.event.WebSocketConnectingEvent;
import io.github.resilientws.event.WebSocketDisconnectedEvent;
import io.github.resilientws.event.WebSocketMessageDroppedEvent;
import io.github.resilientws.event.WebSocketReconnectFailedEvent;
import io.github.resilientws.event.WebSocketReconnectScheduledEvent;

/**
 * The application events of clients, as one short line each: {@code Connecting 1},
 * {@code Connected}, {@code Ready}, {@code Disconnected Closed 1001},
 * {@code Scheduled 2 PT0.1S}, {@code Failed 3}, {@code Closed}, {@code HeartbeatMissed},
 * {@code Dropped EXPIRED}.
 */
final class Events {

	private final List<Object> events = new CopyOnWriteArrayList<>();

	ApplicationEvents observer() {
		return new ApplicationEvents(this.events::add);
	}

	List<String> lines() {
		return this.events.stream().map(Events::line).toList();
	}

	long count(String line) {
		return lines().stream().filter(line::equals).count();
	}

	boolean has(Class<?> type) {
		return this.events.stream().anyMatch(type::isInstance);
	}

	<T> List<T> of(Class<T> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

	List<DisconnectCause> disconnects() {
		return of(WebSocketDisconnectedEvent.class).stream().map(WebSocketDisconnectedEvent::getCause).toList();
	}

	List<WebSocketReconnectScheduledEvent> scheduled() {
		return of(WebSocketReconnectScheduledEvent.class);
	}

	@Override
	public String toString() {
		return lines().toString();
	}

	static String describe(DisconnectCause cause) {
		String name = cause.getClass().getSimpleName();
		if (cause instanceof DisconnectCause.Closed closed) {
			return name + " " + closed.code();
		}
		return (cause instanceof DisconnectCause.HandshakeRefused refused) ? name + " " + refused.status() : name;
	}

	private static String line(Object event) {
		String name = event.getClass()
			.getSimpleName()
			.replaceAll("^WebSocket(Reconnect|Message(?=Dropped))?|Event$", "");
		if (event instanceof WebSocketConnectingEvent connecting) {
			return name + " " + connecting.getAttempt();
		}
		if (event instanceof WebSocketDisconnectedEvent disconnected) {
			return name + " " + describe(disconnected.getCause());
		}
		if (event instanceof WebSocketReconnectScheduledEvent scheduled) {
			return name + " " + scheduled.getAttempt() + " " + scheduled.getDelay();
		}
		if (event instanceof WebSocketReconnectFailedEvent failed) {
			return name + " " + failed.getAttempts();
		}
		return (event instanceof WebSocketMessageDroppedEvent dropped) ? name + " " + dropped.getReason() : name;
	}

}
