package io.github.resilientws.benchmarks.engine;

import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.util.concurrent.Queues;

/**
 * The client of Reactor Netty, which sends what a sink emits. A sink allows one sender at
 * a time.
 */
final class ReactorNettyEngine implements Engine {

	private static final int CAPACITY = 16_384;

	@Override
	public Connection connect(URI url, Inbox inbox) throws Exception {
		Sinks.Many<String> sink = Sinks.many().unicast().onBackpressureBuffer(Queues.<String>get(CAPACITY).get());
		CompletableFuture<Void> open = new CompletableFuture<>();
		Disposable connection = HttpClient.create().websocket().uri(url).handle((in, out) -> {
			open.complete(null);
			return Mono.when(out.sendString(sink.asFlux()), in.receive().asString().doOnNext(inbox::received));
		}).subscribe((end) -> {
		}, open::completeExceptionally);
		open.get(60, TimeUnit.SECONDS);
		ReentrantLock lock = new ReentrantLock();
		return new Connection() {

			@Override
			public void send(String text) {
				lock.lock();
				try {
					while (sink.tryEmitNext(text) == Sinks.EmitResult.FAIL_OVERFLOW) {
						LockSupport.parkNanos(20_000);
					}
				}
				finally {
					lock.unlock();
				}
			}

			@Override
			public void close() {
				connection.dispose();
			}

		};
	}

}
