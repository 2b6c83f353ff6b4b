/**
 * Metrics of resilient WebSocket clients.
 */
@NullMarked
package io.github.resilientws.autoconfigure.metrics;

import org.jspecify.annotations.NullMarked;
