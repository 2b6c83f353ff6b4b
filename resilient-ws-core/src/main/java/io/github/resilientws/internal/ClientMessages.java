package io.github.resilientws.internal;

import io.github.resilientws.ClientDeadLetters;
import io.github.resilientws.internal.inbound.InboundDispatcher;

/**
 * The objects through which applications send and receive messages.
 *
 * @param sender accepts messages of the application
 * @param inbound calls the listeners
 * @param deadLetters messages that were given up
 */
record ClientMessages(MessageSender sender, InboundDispatcher inbound, ClientDeadLetters deadLetters) {

}
