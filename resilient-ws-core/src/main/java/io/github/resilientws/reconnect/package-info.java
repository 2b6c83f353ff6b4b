/**
 * Decides what follows a loss or a failed attempt.
 */
@NullMarked
package io.github.resilientws.reconnect;

import org.jspecify.annotations.NullMarked;
