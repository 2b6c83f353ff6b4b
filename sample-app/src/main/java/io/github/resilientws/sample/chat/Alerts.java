package io.github.resilientws.sample.chat;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.WebSocketListener;

/**
 * A feed that is mostly read. What it reports is soon stale, so while the line is down
 * only the newest readings are kept.
 */
@Component
class Alerts {

	private final ResilientWebSocketClient client;

	private final ApplicationEventPublisher events;

	Alerts(@WebSocketClientName("alerts") ResilientWebSocketClient client, ApplicationEventPublisher events) {
		this.client = client;
		this.events = events;
	}

	@WebSocketListener(client = "alerts", when = "/type = alert")
	void received(Alert alert) {
		this.events.publishEvent(new AlertReceived(alert.number(), alert.text()));
	}

	@Scheduled(fixedRate = 1000)
	void report() {
		Runtime runtime = Runtime.getRuntime();
		long used = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
		this.client.convertAndSend(new Reading("reading", used));
	}

	record Alert(String type, int number, String text) {

	}

	record Reading(String type, long heapMegabytes) {

	}

}
