package io.github.resilientws.transport.spring;

import java.lang.reflect.Proxy;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClosingHandshake}.
 */
class ClosingHandshakeTests {

	private final ExecutorService blocking = Executors.newCachedThreadPool();

	private final Loop loop = new Loop(Thread::new);

	private final LoopExecutor executor = new LoopExecutor(this.loop);

	private final BlockingQueue<String> signals = new LinkedBlockingQueue<>();

	@AfterEach
	void stop() {
		this.blocking.shutdownNow();
		this.loop.shutDown();
	}

	private volatile SessionSender sender;

	@Test
	void messageThatComesBeforeTheCloseReturnsPrecedesTheEnd() throws Exception {
		WebSocketSession session = session();
		this.sender = new SessionSender(session, this.blocking, this.executor, (failure) -> {
		}, () -> {
		});
		// classes are loaded before, so that the close does not count as stalled
		assertThat(Sessions.isClosed(session)).isFalse();
		this.sender.receive(() -> {
		});
		new ClosingHandshake(session, this.executor, () -> true, () -> this.signals.add("closed")).begin(this.sender,
				CloseStatus.NORMAL, TimeUnit.MINUTES.toNanos(1));
		assertThat(this.signals.poll(10, TimeUnit.SECONDS)).isEqualTo("late");
		assertThat(this.signals.poll(10, TimeUnit.SECONDS)).isEqualTo("closed");
	}

	private WebSocketSession session() {
		AtomicBoolean open = new AtomicBoolean(true);
		return (WebSocketSession) Proxy.newProxyInstance(ClosingHandshakeTests.class.getClassLoader(),
				new Class<?>[] { WebSocketSession.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("close")) {
						open.set(false);
						this.sender.receive(() -> this.signals.add("late"));
					}
					else if (!open.get() && this.sender.isSendingThread()) {
						// a slow sending thread: the executor overtakes it
						awaitExecutor();
					}
					return (method.getReturnType() == boolean.class) ? open.get() : null;
				});
	}

	private void awaitExecutor() {
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.executor.execute(() -> done.complete(null));
		done.join();
	}

}
