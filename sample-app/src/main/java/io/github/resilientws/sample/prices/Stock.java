package io.github.resilientws.sample.prices;

import org.jspecify.annotations.Nullable;

/**
 * A stock on the page.
 *
 * @param symbol its symbol
 * @param subscribed whether its prices are wanted
 * @param active whether they are subscribed on the present connection
 * @param price the last price received, or {@code null}
 * @param quote the last answer to a question for its price, or {@code null}
 */
public record Stock(String symbol, boolean subscribed, boolean active, @Nullable Double price, @Nullable String quote) {

}
