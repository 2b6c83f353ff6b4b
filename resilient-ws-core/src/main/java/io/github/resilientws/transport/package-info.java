/**
 * What a client needs of a WebSocket implementation.
 */
@NullMarked
package io.github.resilientws.transport;

import org.jspecify.annotations.NullMarked;
