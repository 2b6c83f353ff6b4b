package io.github.resilientws.scenario;

/**
 * Listeners through Netty.
 */
class ListenerTests extends ListenerContractTests {

}
