/**
 * A transport over Spring's {@code WebSocketClient}.
 */
@NullMarked
package io.github.resilientws.transport.spring;

import org.jspecify.annotations.NullMarked;
