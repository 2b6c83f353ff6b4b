package io.github.resilientws.sample.view;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends the same server-sent events to all open pages.
 */
@Component
class EventStream implements SmartLifecycle {

	private static final int MAX_PAGES = 50;

	private final Set<Page> pages = ConcurrentHashMap.newKeySet();

	private final JsonMapper json;

	private final ExecutorService executor = Executors.newFixedThreadPool(8, EventStream::thread);

	private volatile boolean running;

	EventStream(JsonMapper json) {
		this.json = json;
	}

	/**
	 * Open a stream.
	 * @param firstName name of the first event
	 * @param first creates the content of the first event, once the page also receives
	 * later events
	 * @return the stream
	 * @throws TooManyPagesException if too many pages are open
	 */
	SseEmitter open(String firstName, Supplier<?> first) {
		if (this.pages.size() >= MAX_PAGES) {
			throw new TooManyPagesException();
		}
		SseEmitter emitter = new SseEmitter(0L);
		Page page = new Page(emitter, this.executor, this.pages::remove);
		this.pages.add(page);
		page.send(firstName, this.json.writeValueAsString(first.get()));
		return emitter;
	}

	void publish(String name, Object content) {
		if (!this.pages.isEmpty()) {
			String text = this.json.writeValueAsString(content);
			this.pages.forEach((page) -> page.send(name, text));
		}
	}

	int pages() {
		return this.pages.size();
	}

	private static Thread thread(Runnable task) {
		Thread thread = new Thread(task, "page");
		thread.setDaemon(true);
		return thread;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		// in the last phase, which stops before the web server waits for its open
		// requests
		this.running = false;
		this.pages.forEach(Page::close);
		this.executor.shutdown();
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

}
