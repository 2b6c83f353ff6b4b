package io.github.resilientws.sample.view;

import java.util.List;

import io.github.resilientws.sample.server.DemoServerStatus;

/**
 * Everything that changes without an event.
 *
 * @param clients the clients
 * @param server the demo server
 */
record Snapshot(List<ClientView> clients, DemoServerStatus server) {

}
