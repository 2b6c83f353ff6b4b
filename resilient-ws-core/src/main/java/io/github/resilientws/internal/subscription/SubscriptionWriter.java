package io.github.resilientws.internal.subscription;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.request.PendingReplies;
import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WriteListener;

/**
 * Writes the texts of subscriptions to one connection, in order. A text with an id waits
 * for room in {@code request.window}, and so do those behind it. Confined to the client's
 * executor.
 */
final class SubscriptionWriter {

	private static final int MAX_BATCH = 512;

	private final WebSocketConnection socket;

	private final PendingReplies replies;

	private final Runnable onEmpty;

	private final Deque<Text> waiting = new ArrayDeque<>();

	// a transport may complete a write before write() returns
	private boolean pumping;

	/**
	 * Create a writer.
	 * @param socket the connection
	 * @param replies texts of the connection that have no reply yet
	 * @param onEmpty called when no text waits any more
	 */
	SubscriptionWriter(WebSocketConnection socket, PendingReplies replies, Runnable onEmpty) {
		this.socket = socket;
		this.replies = replies;
		this.onEmpty = onEmpty;
	}

	boolean isEmpty() {
		return this.waiting.isEmpty();
	}

	void add(Text text) {
		this.waiting.add(text);
	}

	void remove(Text text) {
		if (this.waiting.remove(text) && this.waiting.isEmpty()) {
			this.onEmpty.run();
		}
	}

	void clear() {
		this.waiting.clear();
	}

	void pump() {
		if (this.pumping || this.waiting.isEmpty()) {
			return;
		}
		this.pumping = true;
		try {
			boolean more = true;
			while (more && this.socket.isWritable()) {
				more = writeBatch();
			}
		}
		finally {
			this.pumping = false;
		}
		if (this.waiting.isEmpty()) {
			this.onEmpty.run();
		}
	}

	private boolean writeBatch() {
		List<Text> texts = new ArrayList<>();
		List<OutboundPayload> payloads = new ArrayList<>();
		Text next = this.waiting.peek();
		while (next != null && texts.size() < MAX_BATCH && (!next.isAnswered() || this.replies.awaitRoom())) {
			this.waiting.remove();
			OutboundPayload payload = next.render();
			if (payload != null) {
				texts.add(next);
				payloads.add(payload);
			}
			next = this.waiting.peek();
		}
		if (texts.isEmpty()) {
			return false;
		}
		WriteListener listener = (written, started, failure) -> texts
			.subList(0, (failure != null) ? Math.min(Math.max(written, 0), texts.size()) : texts.size())
			.forEach(Text::onWritten);
		this.socket.write(payloads, listener);
		return true;
	}

	/**
	 * A text that waits to be written.
	 */
	interface Text {

		/**
		 * Return whether the text takes room until its reply.
		 * @return whether its reply is recognised by an id
		 */
		boolean isAnswered();

		/**
		 * Render the text, which is written at once.
		 * @return the text, or {@code null} if it cannot be rendered
		 */
		@Nullable OutboundPayload render();

		/** The text was written. */
		default void onWritten() {
		}

	}

}
