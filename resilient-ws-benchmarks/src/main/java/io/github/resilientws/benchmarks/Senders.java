package io.github.resilientws.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Threads that send at the same time.
 */
final class Senders {

	private Senders() {
	}

	/**
	 * Run all senders and wait for them.
	 * @param senders number of threads
	 * @param sender task of each thread, called with its number
	 * @throws InterruptedException if interrupted
	 */
	static void run(int senders, IntConsumer sender) throws InterruptedException {
		AtomicReference<Throwable> failure = new AtomicReference<>();
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < senders; i++) {
			int number = i;
			Thread thread = new Thread(() -> sender.accept(number));
			thread.setUncaughtExceptionHandler((failed, ex) -> failure.set(ex));
			threads.add(thread);
			thread.start();
		}
		for (Thread thread : threads) {
			thread.join();
		}
		if (failure.get() != null) {
			throw new IllegalStateException("A sender failed", failure.get());
		}
	}

}
