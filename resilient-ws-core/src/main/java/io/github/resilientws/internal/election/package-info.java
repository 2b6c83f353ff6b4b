/**
 * The part of a client in the election of its line.
 */
@NullMarked
package io.github.resilientws.internal.election;

import org.jspecify.annotations.NullMarked;
