package io.github.resilientws.autoconfigure;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.springframework.context.event.EventListener;

import io.github.resilientws.event.WebSocketClientEvent;

/**
 * A bean that collects the events of clients.
 */
public class EventLog {

	public final List<WebSocketClientEvent> events = new CopyOnWriteArrayList<>();

	@EventListener
	void on(WebSocketClientEvent event) {
		this.events.add(event);
	}

	public List<String> names() {
		return this.events.stream()
			.map((event) -> event.getClass().getSimpleName().replace("WebSocket", "").replace("Event", ""))
			.toList();
	}

	public <T extends WebSocketClientEvent> List<T> of(Class<T> type) {
		return this.events.stream().filter(type::isInstance).map(type::cast).toList();
	}

}
