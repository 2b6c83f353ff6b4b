/**
 * The lifecycle of a client: operations, states, the schedule of attempts.
 */
@NullMarked
package io.github.resilientws.internal.lifecycle;

import org.jspecify.annotations.NullMarked;
