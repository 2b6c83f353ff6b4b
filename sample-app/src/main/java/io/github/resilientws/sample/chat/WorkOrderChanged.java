package io.github.resilientws.sample.chat;

/**
 * Published when a work order is new or its status changed.
 *
 * @param order the work order
 */
public record WorkOrderChanged(WorkOrder order) {

}
