/**
 * The API of the resilient WebSocket client: the types that an application calls,
 * implements or receives. Accessors follow two styles. Records have {@code x()}; classes
 * and interfaces in a Spring tradition (clients, events, exceptions,
 * {@link io.github.resilientws.OutboundMessage}) have {@code getX()}.
 * {@link io.github.resilientws.InboundMessage} reads like a record.
 *
 * @serial exclude
 */
@NullMarked
package io.github.resilientws;

import org.jspecify.annotations.NullMarked;
