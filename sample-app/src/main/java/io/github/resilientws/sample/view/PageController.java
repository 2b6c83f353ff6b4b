package io.github.resilientws.sample.view;

import java.time.Clock;

import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

import io.github.resilientws.sample.chat.AlertReceived;
import io.github.resilientws.sample.chat.ChatHistory;
import io.github.resilientws.sample.chat.ChatLineChanged;
import io.github.resilientws.sample.chat.WorkOrderChanged;
import io.github.resilientws.sample.chat.WorkOrders;

/**
 * Streams events to the page.
 */
@RestController
class PageController {

	private final EventStream stream;

	private final Snapshots snapshots;

	private final Timeline timeline;

	private final ChatHistory history;

	private final WorkOrders orders;

	private final Clock clock;

	PageController(EventStream stream, Snapshots snapshots, Timeline timeline, ChatHistory history, WorkOrders orders,
			Clock clock) {
		this.stream = stream;
		this.snapshots = snapshots;
		this.timeline = timeline;
		this.history = history;
		this.orders = orders;
		this.clock = clock;
	}

	@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter events() {
		return this.stream.open("hello", () -> new Hello(this.clock.instant(), this.snapshots.take(),
				this.timeline.entries(), this.history.lines(), this.orders.orders(), this.orders.recovered()));
	}

	@EventListener
	void lineChanged(ChatLineChanged event) {
		this.stream.publish("line", event.line());
	}

	@EventListener
	void orderChanged(WorkOrderChanged event) {
		this.stream.publish("order", event.order());
	}

	@EventListener
	void alertReceived(AlertReceived event) {
		this.stream.publish("alert", event);
	}

}
