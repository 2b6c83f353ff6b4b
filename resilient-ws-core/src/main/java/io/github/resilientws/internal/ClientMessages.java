package io.github.resilientws.internal;

import io.github.resilientws.ClientDeadLetters;
import io.github.resilientws.internal.inbound.InboundDispatcher;

/**
 * Where applications hand messages over, and where they get them.
 *
 * @param sender takes messages of the application
 * @param inbound calls the listeners
 * @param deadLetters messages that were given up
 */
record ClientMessages(MessageSender sender, InboundDispatcher inbound, ClientDeadLetters deadLetters) {

}
