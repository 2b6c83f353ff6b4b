package io.github.resilientws.sample.chat;

import java.util.concurrent.CompletableFuture;

import io.github.resilientws.Delivery;

/**
 * Where work orders go.
 */
interface WorkOrderGateway {

	/**
	 * Send an order.
	 * @param order the order
	 * @return completes when the server has acknowledged it
	 */
	CompletableFuture<Delivery> send(WorkOrder order);

	/**
	 * Discard an order that is a dead letter.
	 * @param id its id
	 */
	void discard(String id);

}
