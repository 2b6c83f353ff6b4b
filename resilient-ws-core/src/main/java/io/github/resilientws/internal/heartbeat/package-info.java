/**
 * Detection of dead peers.
 */
@NullMarked
package io.github.resilientws.internal.heartbeat;

import org.jspecify.annotations.NullMarked;
