/**
 * Counters, log lines and observations of a client.
 */
@NullMarked
package io.github.resilientws.internal.monitoring;

import org.jspecify.annotations.NullMarked;
