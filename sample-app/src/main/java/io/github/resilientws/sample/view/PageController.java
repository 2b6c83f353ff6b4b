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

/**
 * Streams what happens to the page.
 */
@RestController
class PageController {

	private final EventStream stream;

	private final Snapshots snapshots;

	private final Timeline timeline;

	private final ChatHistory history;

	private final Clock clock;

	PageController(EventStream stream, Snapshots snapshots, Timeline timeline, ChatHistory history, Clock clock) {
		this.stream = stream;
		this.snapshots = snapshots;
		this.timeline = timeline;
		this.history = history;
		this.clock = clock;
	}

	@GetMapping(path = "/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
	SseEmitter events() {
		return this.stream.open("hello", () -> new Hello(this.clock.instant(), this.snapshots.take(),
				this.timeline.entries(), this.history.lines()));
	}

	@EventListener
	void lineChanged(ChatLineChanged event) {
		this.stream.publish("line", event.line());
	}

	@EventListener
	void alertReceived(AlertReceived event) {
		this.stream.publish("alert", event);
	}

}
