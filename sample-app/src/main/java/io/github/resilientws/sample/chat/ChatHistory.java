package io.github.resilientws.sample.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * The last 500 lines of the chat. Any thread may use it. Changes are published under its
 * lock, so that all listeners see them in the same order.
 */
@Component
public class ChatHistory {

	private static final int CAPACITY = 500;

	private final Map<String, ChatLine> lines = new LinkedHashMap<>();

	private final ApplicationEventPublisher events;

	ChatHistory(ApplicationEventPublisher events) {
		this.events = events;
	}

	/**
	 * Return the lines.
	 * @return a copy, oldest first
	 */
	public synchronized List<ChatLine> lines() {
		return List.copyOf(this.lines.values());
	}

	synchronized void add(ChatLine line) {
		if (this.lines.size() >= CAPACITY) {
			this.lines.remove(this.lines.keySet().iterator().next());
		}
		put(line);
	}

	/**
	 * Change a line.
	 * @param id id of the line
	 * @param change returns the changed line
	 * @return whether a line has this id
	 */
	synchronized boolean update(String id, UnaryOperator<ChatLine> change) {
		ChatLine line = this.lines.get(id);
		if (line != null) {
			put(change.apply(line));
		}
		return line != null;
	}

	private void put(ChatLine line) {
		if (!line.equals(this.lines.put(line.id(), line))) {
			this.events.publishEvent(new ChatLineChanged(line));
		}
	}

}
