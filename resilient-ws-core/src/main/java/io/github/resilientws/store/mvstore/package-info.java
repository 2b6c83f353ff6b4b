/**
 * Outbox stores in files of h2-mvstore: one file and one writer thread per client.
 */
@NullMarked
package io.github.resilientws.store.mvstore;

import org.jspecify.annotations.NullMarked;
