/**
 * Requests and their replies: ids of a connection, texts that depend on it, and the
 * handlers that wait for a reply.
 */
@NullMarked
package io.github.resilientws.internal.request;

import org.jspecify.annotations.NullMarked;
