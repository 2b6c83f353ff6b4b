package io.github.resilientws.internal.request;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.WebSocketReplyException;
import io.github.resilientws.internal.admission.Admission;
import io.github.resilientws.internal.admission.OutboxEntry;
import io.github.resilientws.internal.encoding.DeferredText;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.internal.encoding.MessageEncoder;
import io.github.resilientws.internal.encoding.OutboundMessageEncoder;
import io.github.resilientws.internal.encoding.PayloadConverter;
import io.github.resilientws.internal.execution.Nanos;
import io.github.resilientws.internal.monitoring.SendTracking;
import io.github.resilientws.internal.outbox.OutboxFlow;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.settings.RequestSettings;

/**
 * Sends requests through the outbox. May be used by any thread.
 */
public final class RequestSender {

	private final RequestSettings settings;

	private final Admission admission;

	private final PayloadConverter converter;

	private final MessageEncoder encoder;

	private final UnansweredRequests unanswered;

	private final OutboxFlow flow;

	private final @Nullable SendTracking tracking;

	/**
	 * Create a sender.
	 * @param settings the settings, with a template
	 * @param admission admits requests to the outbox
	 * @param converter converts payloads
	 * @param unanswered requests without a reply
	 * @param flow hands them over
	 * @param tracking observes requests, or {@code null}
	 */
	public RequestSender(RequestSettings settings, Admission admission, PayloadConverter converter,
			UnansweredRequests unanswered, OutboxFlow flow, @Nullable SendTracking tracking) {
		this.settings = settings;
		this.admission = admission;
		this.converter = converter;
		this.encoder = new DeferredEncoder("request.send", Template.parse("request.send", settings.send()));
		this.unanswered = unanswered;
		this.flow = flow;
		this.tracking = tracking;
	}

	/**
	 * Send a request.
	 * @param message the request
	 * @return the whole reply; completed on a callback thread
	 */
	public CompletableFuture<InboundMessage> sendAndReceive(OutboundMessage message) {
		return track(() -> send(message, Reply::whole));
	}

	/**
	 * Send a request, and read the content of its reply.
	 * @param message the request
	 * @param type type of the content
	 * @return the content; completed on a callback thread
	 */
	public CompletableFuture<@Nullable Object> convertSendAndReceive(OutboundMessage message, Type type) {
		return track(() -> send(message, (reply) -> this.converter.read(reply.payload(), type)));
	}

	private <T extends @Nullable Object> CompletableFuture<T> track(Supplier<CompletableFuture<T>> request) {
		return (this.tracking != null && this.tracking.isWanted()) ? this.tracking.follow(request) : request.get();
	}

	private <T extends @Nullable Object> CompletableFuture<T> send(OutboundMessage message, Function<Reply, T> reader) {
		Duration timeout = (message.getTimeToLive() != null) ? message.getTimeToLive() : this.settings.timeout();
		Request request = new Request(this.unanswered, Nanos.of(timeout));
		admit(message.withTimeToLive(timeout), request);
		CompletableFuture<T> result = new CompletableFuture<>();
		// not thenApply, which wraps failures for the callbacks of the caller
		request.future().whenComplete((reply, failure) -> {
			if (failure != null) {
				result.completeExceptionally(failure);
			}
			else if (reply.refused()) {
				result.completeExceptionally(new WebSocketReplyException(request.id(), reply.whole(),
						(type) -> this.converter.read(reply.payload(), type)));
			}
			else {
				read(reply, reader, result);
			}
		});
		return result;
	}

	private static <T extends @Nullable Object> void read(Reply reply, Function<Reply, T> reader,
			CompletableFuture<T> result) {
		try {
			result.complete(reader.apply(reply));
		}
		catch (Throwable ex) {
			result.completeExceptionally(ex);
		}
	}

	private void admit(OutboundMessage message, Request request) {
		OutboundMessageEncoder requestEncoder = new OutboundMessageEncoder(this.converter, (given, payload) -> {
			EncodedMessage encoded = this.encoder.encode(given, payload);
			DeferredText text = encoded.deferred();
			return (text != null) ? encoded.withDeferred(new RequestText(text, request)) : encoded;
		});
		this.admission.admit(message, requestEncoder, (entry) -> admitted(request, entry))
			.whenComplete((delivery, failure) -> {
				if (failure != null) {
					request.onOutboxFailure(failure);
				}
			});
	}

	private void admitted(Request request, OutboxEntry entry) {
		try {
			this.unanswered.executor().execute(() -> request.admitted(entry, () -> this.flow.expire(entry)));
		}
		catch (RejectedExecutionException ex) {
			// the transport is closed, and the outbox fails the request
		}
	}

}
