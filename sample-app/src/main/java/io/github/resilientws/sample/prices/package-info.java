/**
 * A client of a STOMP broker: subscriptions and requests.
 */
@NullMarked
package io.github.resilientws.sample.prices;

import org.jspecify.annotations.NullMarked;
