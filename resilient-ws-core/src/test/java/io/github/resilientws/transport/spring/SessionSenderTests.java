package io.github.resilientws.transport.spring;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

import io.github.resilientws.transport.TransportHarness;
import io.github.resilientws.transport.WriteListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SessionSender}.
 */
@Timeout(30)
class SessionSenderTests {

	private final ExecutorService blocking = Executors.newCachedThreadPool();

	private final Loop loop = new Loop(Thread::new);

	private final LoopExecutor executor = new LoopExecutor(this.loop);

	@AfterEach
	void stop() {
		this.blocking.shutdownNow();
		this.loop.shutDown();
	}

	// a race: most of 100,000 hand-overs meet a sender that has not left yet
	@Test
	void senderThatLeavesDoesNotTakeTheMarkOfItsSuccessor() throws Exception {
		SessionSender sender = sender(session(() -> {
		}));
		AtomicInteger unmarked = new AtomicInteger();
		Semaphore done = new Semaphore(0);
		for (int i = 0; i < 100_000; i++) {
			sender.afterwards(() -> {
				spin(50);
				if (!sender.isSendingThread()) {
					unmarked.incrementAndGet();
				}
				done.release();
			});
			assertThat(done.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
			spin(i % 500);
		}
		assertThat(unmarked).hasValue(0);
	}

	@Test
	void answerThatComesBeforeTheSendReturnsFollowsItsResult() throws Exception {
		BlockingQueue<String> signals = new LinkedBlockingQueue<>();
		AtomicReference<SessionSender> sender = new AtomicReference<>();
		sender.set(sender(session(() -> sender.get().receive(() -> signals.add("answer")))));
		sender.get()
			.write(List.of(TransportHarness.text("beat")), 100, (written, started, failure) -> signals.add("written"));
		assertThat(signals.poll(10, TimeUnit.SECONDS)).isEqualTo("written");
		assertThat(signals.poll(10, TimeUnit.SECONDS)).isEqualTo("answer");
		sender.get().receive(() -> signals.add("more"));
		assertThat(signals.poll(10, TimeUnit.SECONDS)).isEqualTo("more");
	}

	@Test
	void inputDoesNotWaitForASendThatIsStalled() throws Exception {
		BlockingQueue<String> signals = new LinkedBlockingQueue<>();
		CountDownLatch sending = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		SessionSender sender = sender(session(() -> {
			sending.countDown();
			release.await();
		}));
		sender.write(List.of(TransportHarness.text("stalled")), 100,
				(written, started, failure) -> signals.add("written"));
		sending.await();
		sender.receive(() -> signals.add("first"));
		sender.receive(() -> signals.add("second"));
		assertThat(signals.poll(10, TimeUnit.SECONDS)).isEqualTo("first");
		assertThat(signals.poll(10, TimeUnit.SECONDS)).isEqualTo("second");
		release.countDown();
		assertThat(signals.poll(10, TimeUnit.SECONDS)).isEqualTo("written");
	}

	@Test
	void pingGoesBetweenFragmentsAndBytesTakenCountThem() throws Exception {
		List<WebSocketMessage<?>> sent = new CopyOnWriteArrayList<>();
		BlockingQueue<String> signals = new LinkedBlockingQueue<>();
		AtomicReference<SessionSender> sender = new AtomicReference<>();
		byte[] payload = "1234\u00e967".getBytes(StandardCharsets.UTF_8);
		sender.set(sender(session((message) -> {
			sent.add(message);
			if (sent.size() == 1) {
				sender.get().ping(new PingMessage(), (written, started, failure) -> signals.add("ping"));
			}
		})));
		sender.get()
			.write(List.of(TransportHarness.binary(payload), TransportHarness.text("1234\u00e967")), 5,
					(written, started, failure) -> signals.add("written " + written));
		assertThat(signals.poll(10, TimeUnit.SECONDS)).isEqualTo("ping");
		assertThat(signals.poll(10, TimeUnit.SECONDS)).isEqualTo("written 2");
		assertThat(sent).extracting((message) -> message.getPayloadLength()).containsExactly(5, 0, 3, 4, 4);
		assertThat(sent.get(3).getPayload()).isEqualTo("1234");
		assertThat(sent).extracting(WebSocketMessage::isLast).containsExactly(false, true, true, false, true);
		assertThat(sender.get().bytesTaken()).isEqualTo(16);
	}

	@Test
	void cutEndsAMessageBetweenFragmentsAndGoesOnWithTasks() throws Exception {
		BlockingQueue<String> signals = new LinkedBlockingQueue<>();
		AtomicReference<SessionSender> sender = new AtomicReference<>();
		sender.set(sender(session(() -> sender.get().cut())));
		WriteListener listener = (written, started, failure) -> signals
			.add(written + " " + started + " " + failure.getClass().getSimpleName());
		sender.get()
			.write(List.of(TransportHarness.binary(new byte[10]), TransportHarness.text("behind")), 5, listener);
		sender.get().afterwards(() -> this.executor.post(() -> signals.add("task")));
		assertThat(signals.poll(10, TimeUnit.SECONDS)).isEqualTo("0 1 ClosedChannelException");
		assertThat(signals.poll(10, TimeUnit.SECONDS)).isEqualTo("task");
	}

	private SessionSender sender(WebSocketSession session) {
		return new SessionSender(session, this.blocking, this.executor, (failure) -> {
		}, () -> {
		});
	}

	private static void spin(int rounds) {
		for (int i = 0; i < rounds; i++) {
			Thread.onSpinWait();
		}
	}

	private static WebSocketSession session(Step step) {
		return session((message) -> step.run());
	}

	private static WebSocketSession session(Sending sending) {
		return (WebSocketSession) Proxy.newProxyInstance(SessionSenderTests.class.getClassLoader(),
				new Class<?>[] { WebSocketSession.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("sendMessage")) {
						sending.send((WebSocketMessage<?>) arguments[0]);
					}
					return (method.getReturnType() == boolean.class) ? Boolean.TRUE : null;
				});
	}

	/** What happens inside a send. */
	@FunctionalInterface
	private interface Sending {

		void send(WebSocketMessage<?> message) throws Exception;

	}

	/** What happens inside a send, whatever is sent. */
	@FunctionalInterface
	private interface Step {

		void run() throws Exception;

	}

}
