/**
 * Persistence of an outbox in a store.
 */
@NullMarked
package io.github.resilientws.internal.persistence;

import org.jspecify.annotations.NullMarked;
