/**
 * Measurements of single methods, run by JMH.
 */
@NullMarked
package io.github.resilientws.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
