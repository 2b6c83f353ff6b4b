package io.github.resilientws.sample.chat;

import org.springframework.context.annotation.Profile;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Updates orders of the only instance whose future has ended before they were
 * acknowledged.
 */
@Component
@Profile("!postgres")
class LateAcknowledgements {

	private final WorkOrders orders;

	LateAcknowledgements(WorkOrders orders) {
		this.orders = orders;
	}

	@Scheduled(fixedDelay = 1000)
	void catchUp() {
		this.orders.catchUp();
	}

}
