/**
 * Observations of resilient WebSocket clients.
 */
@NullMarked
package io.github.resilientws.autoconfigure.observation;

import org.jspecify.annotations.NullMarked;
