package io.github.resilientws.sample.chat;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

import io.github.resilientws.WebSocketListener;

/**
 * A feed that is read; what is sent on its line are {@link WorkOrders}.
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
