/**
 * Measurements of the client side by side with its rivals; never published.
 */
@NullMarked
package io.github.resilientws.benchmarks;

import org.jspecify.annotations.NullMarked;
