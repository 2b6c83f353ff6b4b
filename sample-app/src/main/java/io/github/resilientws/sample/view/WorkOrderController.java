package io.github.resilientws.sample.view;

import java.util.List;
import java.util.stream.IntStream;

import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import io.github.resilientws.sample.chat.WorkOrder;
import io.github.resilientws.sample.chat.WorkOrders;

/**
 * Places work orders, and resubmits or discards dead letters.
 */
@RestController
class WorkOrderController {

	private static final int MAX_COUNT = 100;

	private final WorkOrders orders;

	WorkOrderController(WorkOrders orders) {
		this.orders = orders;
	}

	@PostMapping("/api/orders")
	@ResponseStatus(HttpStatus.ACCEPTED)
	List<WorkOrder> place(@RequestBody Place place) {
		if (place.count() < 1 || place.count() > MAX_COUNT) {
			throw new ResponseStatusException(HttpStatus.BAD_REQUEST, "'count' must be 1 to " + MAX_COUNT);
		}
		return IntStream.range(0, place.count()).mapToObj((i) -> this.orders.place()).toList();
	}

	@PostMapping("/api/orders/dead/resubmit")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void resubmit() {
		this.orders.resubmitDead();
	}

	@PostMapping("/api/orders/dead/discard")
	@ResponseStatus(HttpStatus.ACCEPTED)
	void discard() {
		this.orders.discardDead();
	}

	record Place(int count) {

	}

}
