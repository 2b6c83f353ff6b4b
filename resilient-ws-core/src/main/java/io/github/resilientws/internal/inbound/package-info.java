/**
 * Inbound messages: the bounded buffer and the calls of listeners.
 */
@NullMarked
package io.github.resilientws.internal.inbound;

import org.jspecify.annotations.NullMarked;
