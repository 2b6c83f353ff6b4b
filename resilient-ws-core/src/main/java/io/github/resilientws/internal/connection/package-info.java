/**
 * The lifecycle of a client: attempts to connect, open connections, reconnecting.
 */
@NullMarked
package io.github.resilientws.internal.connection;

import org.jspecify.annotations.NullMarked;
