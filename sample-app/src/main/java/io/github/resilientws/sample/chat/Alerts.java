package io.github.resilientws.sample.chat;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import io.github.resilientws.WebSocketListener;

/**
 * Reads the alerts feed. {@link WorkOrders} are sent over the same client.
 */
@Component
class Alerts {

	private final ApplicationEventPublisher events;

	Alerts(ApplicationEventPublisher events) {
		this.events = events;
	}

	@WebSocketListener(client = "alerts", when = "/type = alert")
	void received(Alert alert) {
		this.events.publishEvent(new AlertReceived(alert.number(), alert.text()));
	}

	record Alert(String type, int number, String text) {

	}

}
