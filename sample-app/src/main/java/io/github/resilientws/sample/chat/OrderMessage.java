package io.github.resilientws.sample.chat;

/**
 * A work order on the wire.
 *
 * @param type type of the message, always {@code order}
 * @param text the work to do
 */
record OrderMessage(String type, String text) {

	static OrderMessage of(WorkOrder order) {
		return new OrderMessage("order", order.text());
	}

}
