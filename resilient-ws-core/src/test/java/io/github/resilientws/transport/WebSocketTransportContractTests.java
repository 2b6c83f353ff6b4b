package io.github.resilientws.transport;

import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import io.github.resilientws.DisconnectCause.Requested;
import io.github.resilientws.transport.RawServer.Frame;
import io.github.resilientws.transport.RawServer.Peer;
import io.github.resilientws.transport.TransportHarness.WriteResult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * What every transport has to do: opening, reading, and below writing and ending.
 */
public abstract class WebSocketTransportContractTests extends TransportFragmentContractTests {

	@Test
	void abortReportsWhatWasWrittenStartedAndNeverStarted() throws Exception {
		CompletableFuture<int[]> peerGot = new CompletableFuture<>();
		this.client.open((peer) -> {
			peer.accept();
			this.proceed.await();
			byte[] bytes = peer.in().readAllBytes();
			peerGot.complete(new int[] { bytes.length / 1008, bytes.length % 1008 });
		});
		fillSocket();
		this.client.write(frames(10).toArray(new OutboundPayload[0]));
		this.client.run(this.client.connection()::abort);
		assertThat(this.client.awaitEnd()).isEqualTo(new Requested());
		List<WriteResult> results = this.client.results();
		this.proceed.countDown();
		int written = results.stream().mapToInt(WriteResult::written).sum();
		int started = results.stream().mapToInt(WriteResult::started).sum();
		int[] got = peerGot.get(10, TimeUnit.SECONDS);
		assertWritten(written, got[0]);
		assertStarted(started, got[0] + ((got[1] > 0) ? 1 : 0));
		assertThat(results.get(results.size() - 1)).satisfies((last) -> {
			assertThat(last.started()).isZero();
			assertThat(last.failure()).isNotNull();
		});
		assertThat(this.client.listener.signals).containsExactly("open", "closed");
	}

	@Test
	void abortInsideAWriteResultCountsWhatTheSocketTook() throws Exception {
		CompletableFuture<Integer> peerGot = new CompletableFuture<>();
		this.client.open((peer) -> {
			peer.accept();
			this.proceed.await();
			peerGot.complete(peer.in().readAllBytes().length);
		});
		fillSocket();
		List<OutboundPayload> frame = frames(1);
		this.client.run(() -> {
			this.client.connection().write(frame, (written, started, failure) -> {
				this.client.results.add(new WriteResult(1, written, started, failure));
				this.client.connection().abort();
			});
			for (int i = 0; i < 100; i++) {
				this.client.writeInside(frame);
			}
		});
		this.proceed.countDown();
		this.client.awaitEnd();
		List<WriteResult> results = this.client.results();
		assertWritten(results.stream().mapToInt(WriteResult::written).sum(), peerGot.get() / 1008);
		assertStarted(results.stream().mapToInt(WriteResult::started).sum(), (peerGot.get() + 1007) / 1008);
	}

	@Test
	void connectionBecomesWritableWhenThePeerReadsOn() throws Exception {
		this.client.open((peer) -> {
			peer.accept();
			this.proceed.await();
			peer.awaitEnd();
		});
		fillSocket();
		assertThat(this.client.call(this.client.connection()::isWritable)).isFalse();
		int before = this.client.listener.writables.get();
		this.proceed.countDown();
		TransportHarness.await().until(() -> this.client.listener.writables.get() > before);
		assertThat(this.client.call(this.client.connection()::isWritable)).isTrue();
		TransportHarness.await()
			.until(() -> this.client.results().stream().noneMatch((result) -> result.failure() != null));
	}

	@Test
	void pingThatMeetsAFullSocketIsAnsweredLater() throws Exception {
		CountDownLatch ping = new CountDownLatch(1);
		this.client.open((peer) -> {
			peer.accept();
			ping.await();
			peer.raw(Peer.frame(0x89, "1".getBytes()), Peer.frame(0x89, "2".getBytes()), Peer.text("behind"));
			this.proceed.await();
			for (Frame frame = peer.read();; frame = peer.read()) {
				if (frame.opcode() == 0xA) {
					this.received.add(frame);
				}
			}
		});
		fillSocket();
		ping.countDown();
		this.client.awaitSignal("text behind");
		this.proceed.countDown();
		assertThat(this.received.poll(5, TimeUnit.SECONDS).text()).isEqualTo("2");
	}

	@Test
	void closeWaitsForThePeer() throws Exception {
		this.client.open((peer) -> {
			peer.accept();
			this.received.add(peer.read());
			this.received.add(peer.read());
			peer.raw(Peer.text("late"));
			this.proceed.await();
			peer.raw(Peer.close(1000, ""));
			peer.awaitEnd();
		});
		this.client.run(this.client.connection()::suspendReading);
		this.client.write(TransportHarness.text("last"));
		this.client.run(() -> this.client.connection().close(1000, "bye"));
		this.client.write(TransportHarness.text("too late"));
		assertThat(this.received.poll(5, TimeUnit.SECONDS).text()).isEqualTo("last");
		assertThat(this.received.poll(5, TimeUnit.SECONDS).payload()).containsExactly(0x03, 0xE8, 'b', 'y', 'e');
		assertThat(this.client.listener.causes).isEmpty();
		this.proceed.countDown();
		assertThat(this.client.awaitEnd()).isEqualTo(new Requested());
		assertThat(this.client.listener.signals).containsExactly("open", "text late", "closed");
		assertThat(this.client.results()).hasSize(2)
			.element(1)
			.satisfies((late) -> assertThat(late.started()).isZero())
			.satisfies((late) -> assertThat(late.failure()).isInstanceOf(ClosedChannelException.class));
	}

	@Test
	void closeGivesUpAfterItsTimeout() throws Exception {
		this.client.closeTimeout = Duration.ofMillis(200);
		this.client.open((peer) -> {
			peer.accept();
			this.proceed.await();
		});
		this.client.run(() -> this.client.connection().close(1000, ""));
		assertThat(this.client.awaitEnd()).isEqualTo(new Requested());
	}

	@Test
	void writeAfterTheEndIsRefused() throws Exception {
		this.client.open(Peer::accept);
		this.client.awaitEnd();
		this.client.write(TransportHarness.text("late"));
		assertThat(this.client.results()).singleElement().satisfies((result) -> {
			assertThat(result.written()).isZero();
			assertThat(result.started()).isZero();
			assertThat(result.failure()).isNotNull();
		});
	}

	@Test
	void writeResultsArriveInOrder() throws Exception {
		this.client.open((peer) -> {
			peer.accept();
			peer.awaitEnd();
		});
		List<Integer> order = new ArrayList<>();
		this.client.run(() -> {
			for (int i = 0; i < 100; i++) {
				int number = i;
				this.client.connection()
					.write(List.of(TransportHarness.text("x".repeat(5000))),
							(written, started, failure) -> order.add(number));
			}
			this.client.connection().abort();
			this.client.connection().write(List.of(), (written, started, failure) -> order.add(100));
		});
		this.client.awaitEnd();
		assertThat(order).hasSize(101).isSorted();
	}

	@Test
	void nothingComesAfterTheTerminalSignal() throws Exception {
		this.client.open((peer) -> {
			peer.accept();
			this.proceed.await();
			peer.raw(Peer.close(1000, ""), Peer.text("late"), Peer.close(1001, ""));
			peer.reset();
		});
		this.proceed.countDown();
		this.client.awaitEnd();
		this.client.run(this.client.connection()::abort);
		this.client.run(() -> this.client.connection().close(1000, ""));
		this.client.run(() -> {
		});
		assertThat(this.client.listener.signals).containsExactly("open", "closed");
	}

	@Test
	void closingTheTransportAbortsConnectionsAndRefusesNewOnes() throws Exception {
		this.client.open((peer) -> {
			peer.accept();
			peer.awaitEnd();
		});
		WebSocketTransport closed = this.transport;
		this.transport = null;
		closed.close();
		assertThat(this.client.awaitEnd()).isEqualTo(new Requested());
		assertThatIllegalStateException().isThrownBy(closed::newExecutor);
		assertThatExceptionOfType(java.util.concurrent.RejectedExecutionException.class)
			.isThrownBy(() -> this.client.executor().execute(() -> {
			}));
	}

	/**
	 * Check how many writes are reported to be done when an abort meets a peer that
	 * reads.
	 * @param written how many are reported
	 * @param arrived how many arrived whole
	 */
	protected void assertWritten(int written, int arrived) {
		assertThat(written).isEqualTo(arrived);
	}

	/**
	 * Check how many writes are reported to have been started.
	 * @param started how many are reported
	 * @param arrived how many arrived, the last of them perhaps not whole
	 */
	protected void assertStarted(int started, int arrived) {
		assertThat(started).isEqualTo(arrived);
	}

	private void fillSocket() {
		List<OutboundPayload> batch = frames(50);
		AtomicInteger results = new AtomicInteger(-1);
		TransportHarness.await().during(Duration.ofMillis(100)).until(() -> {
			this.client.run(() -> {
				while (this.client.connection().isWritable()) {
					this.client.writeInside(batch);
				}
			});
			int now = this.client.results().size();
			return results.getAndSet(now) == now;
		});
	}

	private static List<OutboundPayload> frames(int count) {
		return Collections.nCopies(count, TransportHarness.binary(new byte[1000]));
	}

}
