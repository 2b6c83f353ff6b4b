package io.github.resilientws.sample.server;

/**
 * Published when a fault of the demo server was switched on.
 *
 * @param fault the fault
 */
public record FaultBegun(Fault fault) {

}
