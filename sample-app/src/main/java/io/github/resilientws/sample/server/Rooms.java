package io.github.resilientws.sample.server;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.springframework.stereotype.Component;

/**
 * The members of the rooms, and the chat lines that were already passed on.
 */
@Component
final class Rooms {

	private static final int REMEMBERED_LINES = 10_000;

	private final Set<DemoConnection> connections = ConcurrentHashMap.newKeySet();

	private final Set<String> lines = new LinkedHashSet<>();

	void enter(DemoConnection connection) {
		this.connections.add(connection);
	}

	void leave(DemoConnection connection) {
		this.connections.remove(connection);
	}

	Set<DemoConnection> everyone() {
		return Set.copyOf(this.connections);
	}

	void broadcast(String room, String text) {
		for (DemoConnection connection : this.connections) {
			if (room.equals(connection.room())) {
				connection.send(Frame.text(text));
			}
		}
	}

	/**
	 * Remember a chat line.
	 * @param id id of the line
	 * @return whether it is new
	 */
	boolean isNew(String id) {
		synchronized (this.lines) {
			if (this.lines.size() >= REMEMBERED_LINES) {
				this.lines.remove(this.lines.iterator().next());
			}
			return this.lines.add(id);
		}
	}

}
