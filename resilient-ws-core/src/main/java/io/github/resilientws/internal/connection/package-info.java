/**
 * One connection, from the end of its opening handshake to its own end.
 */
@NullMarked
package io.github.resilientws.internal.connection;

import org.jspecify.annotations.NullMarked;
