/**
 * Messages on their way out: admission, capacity, the ordered log, the writer, outcomes,
 * at most once.
 */
@NullMarked
package io.github.resilientws.internal.outbox;

import org.jspecify.annotations.NullMarked;
