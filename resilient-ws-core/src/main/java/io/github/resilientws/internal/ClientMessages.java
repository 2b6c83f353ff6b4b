package io.github.resilientws.internal;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.ClientDeadLetters;
import io.github.resilientws.internal.inbound.InboundDispatcher;
import io.github.resilientws.internal.request.RequestSender;
import io.github.resilientws.internal.subscription.Subscriber;

/**
 * The objects through which applications send and receive messages.
 *
 * @param sender accepts messages of the application
 * @param requests sends requests, or {@code null} without {@code request.send}
 * @param subscriber subscribes, or {@code null} without {@code subscription.send}
 * @param inbound calls the listeners
 * @param deadLetters messages that were given up
 */
record ClientMessages(MessageSender sender, @Nullable RequestSender requests, @Nullable Subscriber subscriber,
		InboundDispatcher inbound, ClientDeadLetters deadLetters) {

}
