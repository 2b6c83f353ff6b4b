package io.github.resilientws.sample.view;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One open page. Events wait in a bounded queue, so that a slow page delays no other. A
 * page that falls too far behind is disconnected; its browser connects again by itself.
 */
final class Page {

	private static final int MAX_BEHIND = 2000;

	private final SseEmitter emitter;

	private final Executor executor;

	private final Consumer<Page> gone;

	private final Deque<SseEmitter.SseEventBuilder> waiting = new ArrayDeque<>();

	private boolean draining;

	Page(SseEmitter emitter, Executor executor, Consumer<Page> gone) {
		this.emitter = emitter;
		this.executor = executor;
		this.gone = gone;
		emitter.onCompletion(() -> gone.accept(this));
		emitter.onError((ex) -> gone.accept(this));
	}

	void send(String name, String json) {
		boolean start;
		synchronized (this.waiting) {
			if (this.waiting.size() >= MAX_BEHIND) {
				this.waiting.clear();
				this.gone.accept(this);
				this.emitter.complete();
				return;
			}
			this.waiting.addLast(SseEmitter.event().name(name).data(json.getBytes(StandardCharsets.UTF_8)));
			start = !this.draining;
			this.draining = true;
		}
		if (start) {
			this.executor.execute(this::drain);
		}
	}

	private void drain() {
		try {
			for (SseEmitter.SseEventBuilder event = next(); event != null; event = next()) {
				this.emitter.send(event);
			}
		}
		catch (IOException | IllegalStateException ex) {
			// the page was closed
			this.gone.accept(this);
		}
	}

	private SseEmitter.@Nullable SseEventBuilder next() {
		synchronized (this.waiting) {
			SseEmitter.SseEventBuilder event = this.waiting.pollFirst();
			this.draining = event != null;
			return event;
		}
	}

	void close() {
		this.emitter.complete();
	}

}
