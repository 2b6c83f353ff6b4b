package io.github.resilientws.scenario;

/**
 * Heartbeats through Netty.
 */
class HeartbeatTests extends HeartbeatContractTests {

}
