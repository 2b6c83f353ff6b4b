package io.github.resilientws.sample.view;

import java.util.List;

import io.github.resilientws.sample.prices.Stock;
import io.github.resilientws.sample.server.DemoServerStatus;

/**
 * The values that change without an event.
 *
 * @param clients the clients
 * @param server the demo server
 * @param stocks the stocks
 */
record Snapshot(List<ClientView> clients, DemoServerStatus server, List<Stock> stocks) {

}
