/**
 * Outbox stores in one h2-mvstore file a client, written by one thread each.
 */
@NullMarked
package io.github.resilientws.store.mvstore;

import org.jspecify.annotations.NullMarked;
