package io.github.resilientws.internal.request;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import io.github.resilientws.settings.RequestSettings;
import io.github.resilientws.settings.RequestSettings.IdType;

/**
 * The texts of one connection that were sent with an id and have no reply yet. One
 * counter numbers them all. Confined to the client's executor.
 */
public final class PendingReplies {

	private final RequestSettings settings;

	private final Runnable onRoom;

	private final Map<String, ReplyHandler> handlers = new LinkedHashMap<>();

	private long lastId;

	// a request waits for room
	private boolean roomAwaited;

	/**
	 * Create an empty map.
	 * @param settings the settings
	 * @param onRoom called when a request that waits may be sent
	 */
	public PendingReplies(RequestSettings settings, Runnable onRoom) {
		this.settings = settings;
		this.onRoom = onRoom;
	}

	/**
	 * Return whether replies are recognised by an id.
	 * @return whether texts with an id have to be added
	 */
	public boolean areRecognised() {
		return !this.settings.reply().id().isEmpty();
	}

	/**
	 * Return the id of the next text.
	 * @return a {@code Long} or a {@code String}
	 */
	public Object nextId() {
		if (this.settings.idType() == IdType.UUID) {
			return UUID.randomUUID().toString();
		}
		this.lastId++;
		return this.lastId;
	}

	/**
	 * Return whether another text may be sent.
	 * @return {@code false} if {@code request.window} texts have no reply yet
	 */
	public boolean hasRoom() {
		return this.handlers.size() < this.settings.window();
	}

	boolean awaitRoom() {
		this.roomAwaited = !hasRoom();
		return !this.roomAwaited;
	}

	/**
	 * Add a text that is about to be sent.
	 * @param id its id
	 * @param handler receives the reply
	 * @return {@code false} if another text with this id has no reply yet
	 */
	public boolean add(String id, ReplyHandler handler) {
		return this.handlers.putIfAbsent(id, handler) == null;
	}

	void remove(String id, ReplyHandler handler) {
		if (this.handlers.remove(id, handler)) {
			roomChanged();
		}
	}

	boolean onReply(String id, Reply reply) {
		ReplyHandler handler = this.handlers.remove(id);
		if (handler == null) {
			return false;
		}
		handler.onReply(reply);
		roomChanged();
		return true;
	}

	/** The connection has ended: no reply will arrive. */
	public void end() {
		List<ReplyHandler> left = List.copyOf(this.handlers.values());
		this.handlers.clear();
		left.forEach(ReplyHandler::onConnectionLost);
	}

	private void roomChanged() {
		if (this.roomAwaited && hasRoom()) {
			this.roomAwaited = false;
			this.onRoom.run();
		}
	}

}
