/**
 * WebSocket connections on Netty event loops.
 */
@NullMarked
package io.github.resilientws.transport.netty;

import org.jspecify.annotations.NullMarked;
