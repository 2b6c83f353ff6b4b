package io.github.resilientws.sample.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import org.springframework.stereotype.Component;

/**
 * The last 500 lines of the chat. Any thread may use it.
 */
@Component
public class ChatHistory {

	private static final int CAPACITY = 500;

	private final Map<String, ChatLine> lines = new LinkedHashMap<>();

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
		this.lines.put(line.id(), line);
	}

	synchronized Optional<ChatLine> update(String id, UnaryOperator<ChatLine> change) {
		return Optional.ofNullable(this.lines.computeIfPresent(id, (key, line) -> change.apply(line)));
	}

}
