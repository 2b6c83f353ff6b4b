/**
 * Meters of a client.
 */
@NullMarked
package io.github.resilientws.metrics;

import org.jspecify.annotations.NullMarked;
