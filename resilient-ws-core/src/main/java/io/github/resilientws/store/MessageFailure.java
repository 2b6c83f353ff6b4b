package io.github.resilientws.store;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.DeadLetter;
import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Why a message was not delivered.
 *
 * @param reason the reason
 * @param deadLetter why it is a dead letter, or {@code null} if it is none
 * @param detail explanation for a reader
 * @param attempts how often it was handed to a transport
 * @since 0.1
 */
public record MessageFailure(Reason reason, DeadLetter.@Nullable Cause deadLetter, String detail, int attempts) {

}
