/**
 * Measurements that compare the client with alternatives; never published.
 */
@NullMarked
package io.github.resilientws.benchmarks;

import org.jspecify.annotations.NullMarked;
