package io.github.resilientws.internal.request;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.request.CompiledRequests.ReplyKind;
import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.settings.RequestSettings;
import io.github.resilientws.settings.RequestSettings.IdType;
import io.github.resilientws.transport.SerialExecutor;

/**
 * The texts of one connection that were sent with an id and have no reply yet. One
 * counter numbers them all. Confined to the client's executor.
 */
public final class PendingReplies {

	private static final Map<String, Pending> NONE = Map.of();

	private final RequestSettings settings;

	private final SerialExecutor executor;

	private final Runnable onRoom;

	// created by the first text with an id
	private Map<String, Pending> handlers = NONE;

	// handlers of late replies, which take no room; created by the first of them
	private Map<String, ReplyHandler> late = Map.of();

	private long lastId;

	// a request waits for room
	private boolean roomAwaited;

	/**
	 * Create an empty map.
	 * @param settings the settings
	 * @param executor the client's executor
	 * @param onRoom called when a request that waits may be sent
	 */
	public PendingReplies(RequestSettings settings, SerialExecutor executor, Runnable onRoom) {
		this.settings = settings;
		this.executor = executor;
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
		do {
			this.lastId++;
		}
		// the sender of another text may have given it this id
		while (this.handlers.containsKey(String.valueOf(this.lastId)));
		return this.lastId;
	}

	/**
	 * Return whether another text may be sent.
	 * @return {@code false} if {@code request.window} texts have no reply yet
	 */
	public boolean hasRoom() {
		return this.handlers.size() < this.settings.window();
	}

	/**
	 * Return whether another text may be sent, and if not, run the task for room later.
	 * @return {@code false} if {@code request.window} texts have no reply yet
	 */
	public boolean awaitRoom() {
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
		return handlers().putIfAbsent(id, new Pending(handler, null)) == null;
	}

	/**
	 * Add a text of the protocol that is about to be sent.
	 * @param id its id
	 * @param handler receives the reply
	 */
	public void addOwn(String id, ReplyHandler handler) {
		SerialExecutor.Timer timer = handler.hasTimeout()
				? this.executor.schedule(() -> remove(id, handler), this.settings.timeout().toNanos()) : null;
		handlers().put(id, new Pending(handler, timer));
	}

	private Map<String, Pending> handlers() {
		if (this.handlers == NONE) {
			this.handlers = new LinkedHashMap<>();
		}
		return this.handlers;
	}

	/**
	 * Stop waiting for a reply, which is still recognised if it arrives late.
	 * @param id id of the text
	 * @param handler receives the reply
	 */
	public void release(String id, ReplyHandler handler) {
		if (removePending(id, handler)) {
			if (this.late.isEmpty()) {
				this.late = new LinkedHashMap<>();
			}
			this.late.put(id, handler);
			roomChanged();
		}
	}

	/**
	 * Stop waiting for a reply, which is not recognised any more.
	 * @param id id of the text
	 * @param handler its handler
	 */
	public void remove(String id, ReplyHandler handler) {
		if (this.late.get(id) == handler) {
			this.late.remove(id);
		}
		if (removePending(id, handler)) {
			roomChanged();
		}
	}

	private boolean removePending(String id, ReplyHandler handler) {
		Pending pending = this.handlers.get(id);
		if (pending == null || pending.handler() != handler) {
			return false;
		}
		this.handlers.remove(id);
		pending.cancelTimer();
		return true;
	}

	/**
	 * Pass a reply to its handler. Only then its message is retained.
	 * @param id its id
	 * @param message the message
	 * @param refused whether it is a refusal
	 * @param payload finds its content, or {@code null} for the whole message
	 * @return whether a handler waited for it, and whether listeners see it
	 */
	ReplyKind onReply(String id, ParsedMessage message, boolean refused, @Nullable Locator payload) {
		Pending pending = take(id);
		if (pending == null) {
			return ReplyKind.NONE;
		}
		pending.cancelTimer();
		pending.handler().onReply(new Reply(message, refused, payload));
		roomChanged();
		return pending.handler().hidesReply() ? ReplyKind.HIDDEN : ReplyKind.SHOWN;
	}

	private @Nullable Pending take(String id) {
		if (this.handlers.containsKey(id)) {
			return this.handlers.remove(id);
		}
		ReplyHandler handler = this.late.get(id);
		if (handler == null) {
			return null;
		}
		this.late.remove(id);
		return new Pending(handler, null);
	}

	/** The connection has ended: no reply will arrive. */
	public void end() {
		List<Pending> left = List.copyOf(this.handlers.values());
		this.handlers = NONE;
		this.late = Map.of();
		left.forEach(Pending::cancelTimer);
		left.forEach((pending) -> pending.handler().onConnectionLost());
	}

	private void roomChanged() {
		if (this.roomAwaited && hasRoom()) {
			this.roomAwaited = false;
			this.onRoom.run();
		}
	}

	private record Pending(ReplyHandler handler, SerialExecutor.@Nullable Timer timer) {

		void cancelTimer() {
			if (this.timer != null) {
				this.timer.cancel();
			}
		}

	}

	/**
	 * Decides about replies for which no handler waits.
	 */
	public interface Unexpected {

		/** Hides late replies: without subscriptions they belong to nothing else. */
		Unexpected NONE = new Unexpected() {

			@Override
			public boolean onRefusal(String id, Reply refusal) {
				return true;
			}

			@Override
			public boolean onReply(ParsedMessage message) {
				return true;
			}

		};

		/**
		 * A refusal arrived.
		 * @param id its id
		 * @param refusal the refusal
		 * @return {@code false} to pass it on
		 */
		boolean onRefusal(String id, Reply refusal);

		/**
		 * A reply arrived.
		 * @param message the reply
		 * @return {@code false} to pass it on
		 */
		boolean onReply(ParsedMessage message);

	}

}
