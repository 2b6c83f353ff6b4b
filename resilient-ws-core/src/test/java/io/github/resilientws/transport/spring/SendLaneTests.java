package io.github.resilientws.transport.spring;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.socket.WebSocketSession;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SendLane}.
 */
@Timeout(30)
class SendLaneTests {

	private final ExecutorService blocking = Executors.newCachedThreadPool();

	private final LoopExecutor executor = new LoopExecutor(Thread::new);

	@AfterEach
	void stop() {
		this.blocking.shutdownNow();
		this.executor.shutDown();
	}

	// a race: most of 100,000 hand-overs meet a sender that has not left yet
	@Test
	void senderThatLeavesDoesNotTakeTheMarkOfItsSuccessor() throws Exception {
		SendLane lane = new SendLane(session(), this.blocking, this.executor, (failure) -> {
		}, () -> {
		});
		AtomicInteger unmarked = new AtomicInteger();
		Semaphore done = new Semaphore(0);
		for (int i = 0; i < 100_000; i++) {
			lane.afterwards(() -> {
				spin(50);
				if (!lane.isSender()) {
					unmarked.incrementAndGet();
				}
				done.release();
			});
			assertThat(done.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
			spin(i % 500);
		}
		assertThat(unmarked).hasValue(0);
	}

	private static void spin(int rounds) {
		for (int i = 0; i < rounds; i++) {
			Thread.onSpinWait();
		}
	}

	private static WebSocketSession session() {
		return (WebSocketSession) java.lang.reflect.Proxy.newProxyInstance(SendLaneTests.class.getClassLoader(),
				new Class<?>[] { WebSocketSession.class },
				(proxy, method, arguments) -> (method.getReturnType() == boolean.class) ? Boolean.TRUE : null);
	}

}
