/**
 * Actuator endpoint of resilient WebSocket clients.
 */
@NullMarked
package io.github.resilientws.autoconfigure.endpoint;

import org.jspecify.annotations.NullMarked;
