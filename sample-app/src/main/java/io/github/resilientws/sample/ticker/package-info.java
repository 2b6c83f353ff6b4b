/**
 * Spring's STOMP broker as a server of prices.
 */
@NullMarked
package io.github.resilientws.sample.ticker;

import org.jspecify.annotations.NullMarked;
