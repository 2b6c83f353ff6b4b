package io.github.resilientws.sample.chat;

/**
 * Published when a work order is new or got further.
 *
 * @param order the work order
 */
public record WorkOrderChanged(WorkOrder order) {

}
