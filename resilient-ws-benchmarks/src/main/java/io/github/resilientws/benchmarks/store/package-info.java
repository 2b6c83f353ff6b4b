/**
 * Stores under measurement.
 */
@NullMarked
package io.github.resilientws.benchmarks.store;

import org.jspecify.annotations.NullMarked;
