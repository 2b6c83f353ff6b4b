/**
 * One attempt to connect, and the open connection that it leads to.
 */
@NullMarked
package io.github.resilientws.internal.connection;

import org.jspecify.annotations.NullMarked;
