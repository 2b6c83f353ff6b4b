/**
 * Which state a client is in, and which transition is legal.
 */
@NullMarked
package io.github.resilientws.internal.state;

import org.jspecify.annotations.NullMarked;
