package io.github.resilientws;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The server refused a request. The reply is not part of the message of this exception,
 * because it may hold a secret.
 *
 * <pre>{@code
 * node.convertSendAndReceive("eth_call", call, String.class).exceptionally((failure) -> {
 *     if (failure instanceof WebSocketReplyException refusal) {
 *         RpcError error = refusal.getPayload(RpcError.class);
 *     }
 *     return null;
 * });
 * }</pre>
 *
 * @since 0.1
 */
public class WebSocketReplyException extends WebSocketDeliveryException {

	private final transient InboundMessage reply;

	private final transient Function<Class<?>, @Nullable Object> payload;

	/**
	 * Create an exception with reason {@code NEGATIVE}.
	 * @param messageId id of the request
	 * @param reply the reply
	 * @param payload reads the content of the refusal as a type
	 */
	public WebSocketReplyException(String messageId, InboundMessage reply,
			Function<Class<?>, @Nullable Object> payload) {
		super(messageId, 1, Reason.NEGATIVE, "the server refused the request");
		this.reply = reply;
		this.payload = payload;
	}

	/**
	 * Return the reply.
	 * @return the whole message of the server
	 */
	public InboundMessage getReply() {
		return this.reply;
	}

	/**
	 * Return the content of the refusal, which {@code request.error.payload} finds.
	 * @param <T> type of the content
	 * @param type type of the content
	 * @return the content, or {@code null} if there is none
	 * @throws RuntimeException of the message converter, if it cannot be read as that
	 * type
	 */
	@SuppressWarnings("unchecked")
	public <T> @Nullable T getPayload(Class<T> type) {
		return (T) this.payload.apply(type);
	}

}
