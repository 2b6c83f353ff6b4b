package io.github.resilientws.internal.request;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.encoding.DeferredText;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.framing.EncodedConnection;
import io.github.resilientws.internal.outbox.OutboxConnection;
import io.github.resilientws.internal.outbox.PeerLiveness;
import io.github.resilientws.protocol.TemplateValues;
import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.WebSocketConnection;

/**
 * Renders the messages of one connection, and registers the requests among them for their
 * replies. Confined to the client's executor.
 *
 * @param connection the connection
 * @param values values for templates
 * @param replies texts without a reply
 * @param liveness liveness of the peer
 * @param subscriptions the subscriptions, or {@code null} if there are none
 */
public record RequestConnection(EncodedConnection connection, TemplateValues values, PendingReplies replies,
		PeerLiveness liveness, @Nullable Subscriptions subscriptions) implements OutboxConnection {

	@Override
	public WebSocketConnection socket() {
		return this.connection.socket();
	}

	@Override
	public boolean accepts(OutboxEntry entry) {
		return (this.subscriptions == null || !this.subscriptions.areWaiting())
				&& (!(entry.message().deferred() instanceof RequestText) || this.replies.awaitRoom());
	}

	@Override
	public OutboundPayload encode(OutboxEntry entry) throws MessageRefusedException {
		DeferredText text = entry.message().deferred();
		return (text != null) ? render(entry, text) : this.connection.encode(entry);
	}

	private OutboundPayload render(OutboxEntry entry, DeferredText text) throws MessageRefusedException {
		Object id = text.hasId() ? id(text) : null;
		byte[] bytes = text.render((name) -> switch (name) {
			case "id" -> id;
			case "subscription" -> subscription(text.destination());
			default -> null;
		}, this.values);
		OutboundPayload encoded = this.connection.encode(OutboundPayload.text(bytes));
		if (text instanceof RequestText request) {
			request.request().handOver(this, entry, Objects.requireNonNull(id).toString());
		}
		return encoded;
	}

	private Object id(DeferredText text) {
		return (text.givenId() != null) ? text.givenId() : this.replies.nextId();
	}

	private @Nullable Object subscription(@Nullable String destination) {
		return (this.subscriptions != null && destination != null) ? this.subscriptions.idOf(destination) : null;
	}

	/**
	 * The subscriptions of the connection, as far as its messages depend on them.
	 */
	public interface Subscriptions {

		/**
		 * Return whether subscriptions wait to be written, so that messages have to wait.
		 * @return whether one waits
		 */
		boolean areWaiting();

		/**
		 * Return the id under which a destination is subscribed, the latest one of
		 * several.
		 * @param destination the destination
		 * @return the id, or {@code null} if it is not subscribed on this connection
		 */
		@Nullable Object idOf(String destination);

	}

}
