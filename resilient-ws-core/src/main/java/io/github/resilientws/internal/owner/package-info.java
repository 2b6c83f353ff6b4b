/**
 * The owner of a line: reads the messages of the shared store into the outbox, and ends
 * them in the store.
 */
@NullMarked
package io.github.resilientws.internal.owner;

import org.jspecify.annotations.NullMarked;
