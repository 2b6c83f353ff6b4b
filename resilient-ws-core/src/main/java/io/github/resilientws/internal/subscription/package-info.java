/**
 * Subscriptions, which outlive connections: on each connection they are made again, and
 * their messages go to their listeners.
 */
@NullMarked
package io.github.resilientws.internal.subscription;

import org.jspecify.annotations.NullMarked;
