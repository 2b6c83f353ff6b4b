/**
 * Health of resilient WebSocket clients.
 */
@NullMarked
package io.github.resilientws.autoconfigure.health;

import org.jspecify.annotations.NullMarked;
