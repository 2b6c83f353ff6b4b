package io.github.resilientws;

import java.util.concurrent.CompletableFuture;

/**
 * A subscription, which survives connections: the client subscribes again on each of them
 * until the subscription is closed, or the server ends it. All methods may be called from
 * any thread.
 *
 * <pre>{@code
 * WebSocketSubscription heads = node.subscribe("newHeads", Head.class, this::onHead);
 * heads.active().orTimeout(5, TimeUnit.SECONDS).join();
 * heads.close();
 * }</pre>
 *
 * @since 0.1
 */
public interface WebSocketSubscription extends AutoCloseable {

	/**
	 * Return the destination.
	 * @return a topic, channel or procedure, as the server calls it
	 */
	String getDestination();

	/**
	 * Return whether the subscription is confirmed on the present connection.
	 * @return {@code false} also if it was closed or has ended
	 */
	boolean isActive();

	/**
	 * Return the first confirmation.
	 * @return completes on a callback thread when the subscription is confirmed for the
	 * first time; fails with {@link WebSocketReplyException} if the server refuses it,
	 * with {@link WebSocketDeliveryException} of reason {@code REJECTED} if it cannot be
	 * sent, with {@link java.util.concurrent.TimeoutException} if it is not confirmed
	 * within {@code subscription.timeout}, although it stays then, and with
	 * {@link java.util.concurrent.CancellationException} if it is closed before
	 */
	CompletableFuture<Void> active();

	/**
	 * Stop listening. The last listener of a subscription cancels it with
	 * {@code subscription.cancel}. A second call does nothing.
	 */
	@Override
	void close();

}
