/**
 * The SPI for WebSocket implementations.
 */
@NullMarked
package io.github.resilientws.transport;

import org.jspecify.annotations.NullMarked;
