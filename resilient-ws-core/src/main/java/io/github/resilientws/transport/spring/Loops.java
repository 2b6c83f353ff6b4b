package io.github.resilientws.transport.spring;

import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;

import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The threads of a transport, at most one per processor, assigned in turn.
 */
final class Loops {

	private final List<Loop> loops;

	private int next;

	Loops(boolean daemon) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory("resilient-ws-io-");
		factory.setDaemon(daemon);
		ThreadFactory threads = factory;
		this.loops = Stream.generate(() -> new Loop(threads))
			.limit(Runtime.getRuntime().availableProcessors())
			.toList();
	}

	LoopExecutor newExecutor() {
		return new LoopExecutor(this.loops.get(this.next++ % this.loops.size()));
	}

	/**
	 * End the threads. Waits for them, unless called by one of them.
	 * @param limitNanos how long to wait, at most
	 */
	void shutDown(long limitNanos) {
		this.loops.forEach(Loop::shutDown);
		if (this.loops.stream().noneMatch(Loop::isCurrent)) {
			long deadline = System.nanoTime() + limitNanos;
			this.loops.forEach((loop) -> loop.awaitEnd(deadline - System.nanoTime()));
		}
	}

}
