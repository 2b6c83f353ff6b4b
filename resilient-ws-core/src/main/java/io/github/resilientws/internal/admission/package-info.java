/**
 * Admission of messages to the outbox, on any thread: room, ids, keys, and the outcomes
 * of messages.
 */
@NullMarked
package io.github.resilientws.internal.admission;

import org.jspecify.annotations.NullMarked;
