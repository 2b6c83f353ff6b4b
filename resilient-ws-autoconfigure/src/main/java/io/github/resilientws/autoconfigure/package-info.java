/**
 * Auto-configuration of resilient WebSocket clients: properties, beans, lifecycle and
 * failure analysis.
 */
@NullMarked
package io.github.resilientws.autoconfigure;

import org.jspecify.annotations.NullMarked;
