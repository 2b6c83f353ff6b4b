/**
 * Samples, tables and charts.
 */
@NullMarked
package io.github.resilientws.benchmarks.report;

import org.jspecify.annotations.NullMarked;
