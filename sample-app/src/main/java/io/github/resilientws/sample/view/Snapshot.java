package io.github.resilientws.sample.view;

import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.sample.instances.Instance;
import io.github.resilientws.sample.prices.Stock;
import io.github.resilientws.sample.server.DemoServerStatus;

/**
 * The values that change without an event.
 *
 * @param clients the clients
 * @param server the demo server
 * @param stocks the stocks
 * @param instances the instances that share the work orders, or {@code null} if this is
 * the only one
 */
record Snapshot(List<ClientView> clients, DemoServerStatus server, List<Stock> stocks,
		@Nullable List<Instance> instances) {

}
