/**
 * The state of a client, and the legal transitions.
 */
@NullMarked
package io.github.resilientws.internal.state;

import org.jspecify.annotations.NullMarked;
