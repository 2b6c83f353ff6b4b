/**
 * A client of a STOMP broker: subscriptions and requests.
 */
@NullMarked
package io.github.resilientws.sample.instances;

import org.jspecify.annotations.NullMarked;
