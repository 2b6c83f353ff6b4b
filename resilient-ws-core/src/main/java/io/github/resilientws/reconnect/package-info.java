/**
 * Policies that decide when a client connects again after a loss or a failed attempt.
 */
@NullMarked
package io.github.resilientws.reconnect;

import org.jspecify.annotations.NullMarked;
