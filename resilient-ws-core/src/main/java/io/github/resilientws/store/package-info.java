/**
 * Stores that make an outbox durable.
 *
 * @serial exclude
 */
@NullMarked
package io.github.resilientws.store;

import org.jspecify.annotations.NullMarked;
