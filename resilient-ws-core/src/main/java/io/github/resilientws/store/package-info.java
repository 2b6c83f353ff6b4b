/**
 * Stores that make an outbox durable. They keep bytes and know nothing of messages.
 *
 * @serial exclude
 */
@NullMarked
package io.github.resilientws.store;

import org.jspecify.annotations.NullMarked;
