/**
 * The ordered log of accepted messages, on the client's executor: expiry, the writer, at
 * most once.
 */
@NullMarked
package io.github.resilientws.internal.outbox;

import org.jspecify.annotations.NullMarked;
