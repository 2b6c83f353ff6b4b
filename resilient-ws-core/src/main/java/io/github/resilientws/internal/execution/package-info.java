/**
 * Sequential executors, callback threads and timers.
 */
@NullMarked
package io.github.resilientws.internal.execution;

import org.jspecify.annotations.NullMarked;
