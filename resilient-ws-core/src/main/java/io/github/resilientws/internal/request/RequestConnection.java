package io.github.resilientws.internal.request;

import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

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
 * @param held whether all messages have to wait
 * @param subscriptions returns the id under which a destination is subscribed, or
 * {@code null}
 */
public record RequestConnection(EncodedConnection connection, TemplateValues values, PendingReplies replies,
		PeerLiveness liveness, BooleanSupplier held,
		Function<String, @Nullable Object> subscriptions) implements OutboxConnection {

	@Override
	public WebSocketConnection socket() {
		return this.connection.socket();
	}

	@Override
	public boolean accepts(OutboxEntry entry) {
		return !this.held.getAsBoolean()
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
			case "subscription" -> (text.destination() != null) ? this.subscriptions.apply(text.destination()) : null;
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

}
