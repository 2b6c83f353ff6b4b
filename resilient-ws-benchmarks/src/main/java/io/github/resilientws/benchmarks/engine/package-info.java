/**
 * Clients under measurement, behind one interface.
 */
@NullMarked
package io.github.resilientws.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
