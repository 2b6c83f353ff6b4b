/**
 * Notices that a peer is dead.
 */
@NullMarked
package io.github.resilientws.internal.heartbeat;

import org.jspecify.annotations.NullMarked;
