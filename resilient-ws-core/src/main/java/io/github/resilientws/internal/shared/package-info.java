/**
 * The senders of a client that several instances have: their messages go to a store that
 * the instances share, and are followed there.
 */
@NullMarked
package io.github.resilientws.internal.shared;

import org.jspecify.annotations.NullMarked;
