/**
 * Outbox stores in journals: one journal and one writer thread per client.
 */
@NullMarked
package io.github.resilientws.store.file;

import org.jspecify.annotations.NullMarked;
