package io.github.resilientws.transport;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import javax.net.ServerSocketFactory;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import io.github.resilientws.DisconnectCause.Requested;
import io.github.resilientws.transport.RawServer.Frame;
import io.github.resilientws.transport.RawServer.Peer;
import io.github.resilientws.transport.TransportHarness.WriteResult;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Messages that are larger than a frame (RFC 6455, section 5.4), on lines of any speed.
 */
abstract class TransportFragmentContractTests extends TransportReadingContractTests {

	private static final int MEGABYTE = 1024 * 1024;

	// beyond anything that kernels hold
	private static final int LARGE = 16 * MEGABYTE;

	private static final int LIMIT = 10 * MEGABYTE;

	private final SlowPeer slow = new SlowPeer();

	private RawServer slowServer;

	@AfterEach
	void stopSlowPeer() throws Exception {
		if (this.slowServer != null) {
			this.slowServer.close();
		}
	}

	@Test
	void largeTextLeavesInFragments() throws Exception {
		this.client.maxFrameSize = 1000;
		String large = "a\u00e9\u20ac\ud83d\ude00".repeat(2000);
		List<Frame> frames = sendToFastPeer("before", large, "behind");
		assertThat(frames).allSatisfy((frame) -> assertThat(frame.payload()).hasSizeLessThanOrEqualTo(1000));
		assertThat(frames).hasSizeGreaterThanOrEqualTo(22);
		assertThat(SlowPeer.messages(frames)).containsExactly("before", large, "behind");
		assertThat(this.client.results()).containsExactly(new WriteResult(3, 3, 3, null));
	}

	@Test
	void messageAsLargeAsAFrameIsOne() throws Exception {
		this.client.maxFrameSize = 125;
		List<Frame> frames = sendToFastPeer("x".repeat(125), "y".repeat(126));
		assertThat(frames.get(0).first()).isEqualTo(0x81);
		assertThat(frames.get(0).payload()).hasSize(125);
		assertThat(frames).hasSize(3);
		assertThat(SlowPeer.messages(frames)).containsExactly("x".repeat(125), "y".repeat(126));
	}

	@Test
	void largeBinaryMessageLeavesInFragments() throws Exception {
		this.client.maxFrameSize = 32 * 1024;
		byte[] large = random(3 * MEGABYTE + 1);
		openSlow();
		this.slow.allowAll();
		this.client.write(TransportHarness.binary(large), TransportHarness.binary(new byte[10]));
		TransportHarness.await().until(() -> this.slow.messages().size() == 2);
		assertThat(this.slow.frames())
			.allSatisfy((frame) -> assertThat(frame.payload()).hasSizeLessThanOrEqualTo(this.client.maxFrameSize));
		assertThat(this.slow.frames().get(0).first()).isEqualTo(0x02);
		assertThat(SlowPeer.join(this.slow.frames().subList(0, this.slow.frames().size() - 1))).isEqualTo(large);
	}

	@Test
	void pingsGoBetweenTheFragmentsOfAMessageThatASlowPeerTakes() throws Exception {
		openSlow();
		this.client.write(TransportHarness.binary(random(LARGE)));
		this.client.awaitFullSocket();
		List<WriteResult> pings = new ArrayList<>();
		for (int i = 1; i <= 2; i++) {
			byte[] payload = { (byte) i };
			this.client.run(() -> this.client.connection()
				.ping(payload,
						(written, started, failure) -> pings.add(new WriteResult(1, written, started, failure))));
			int expected = i;
			this.slow.takeUntil(() -> this.slow.count(0x9) == expected, LIMIT);
			TransportHarness.await().until(() -> this.client.call(pings::size) == expected);
		}
		assertThat(this.client.results()).isEmpty();
		this.slow.allowAll();
		TransportHarness.await().until(() -> this.client.results().size() == 1);
		TransportHarness.await().until(() -> this.slow.messages().size() == 1);
		assertThat(this.client.call(() -> List.copyOf(pings))).containsOnly(new WriteResult(1, 1, 1, null));
		assertThat(this.client.results()).containsExactly(new WriteResult(1, 1, 1, null));
	}

	@Test
	void pingWaitsForLittleOfALargeMessage() throws Exception {
		openSlow();
		this.client.write(TransportHarness.binary(random(LARGE)));
		this.client.awaitFullSocket();
		this.client.run(() -> this.client.connection().ping(new byte[] { 1 }, WriteListener.NONE));
		// a fragment, and what the kernels hold
		this.slow.takeUntil(() -> this.slow.count(0x9) == 1, MEGABYTE / 2);
	}

	@Test
	void pingOfASlowPeerIsAnsweredBetweenFragments() throws Exception {
		openSlow();
		this.client.write(TransportHarness.binary(random(LARGE)));
		this.client.awaitFullSocket();
		this.slow.peer().raw(Peer.frame(0x89, "there?".getBytes(StandardCharsets.UTF_8)));
		this.slow.takeUntil(() -> this.slow.count(0xA) == 1, LIMIT);
		assertThat(this.client.results()).isEmpty();
		this.slow.allowAll();
		TransportHarness.await().until(() -> this.slow.messages().size() == 1);
	}

	@Test
	void messagesWrittenMeanwhileFollowInOrder() throws Exception {
		openSlow();
		byte[] large = random(2 * MEGABYTE);
		List<String> order = new ArrayList<>();
		this.client.run(() -> {
			this.client.connection()
				.write(List.of(TransportHarness.binary(large)), (written, started, failure) -> order.add("large"));
			this.client.connection()
				.write(List.of(TransportHarness.text("beat")), (written, started, failure) -> order.add("beat"));
			this.client.connection()
				.write(List.of(TransportHarness.binary(large)), (written, started, failure) -> order.add("second"));
			this.client.connection()
				.write(List.of(TransportHarness.text("reply")), (written, started, failure) -> order.add("reply"));
		});
		assertThat(this.client.call(this.client.connection()::isWritable)).isFalse();
		this.slow.allowAll();
		TransportHarness.await().until(() -> this.slow.messages().size() == 4);
		TransportHarness.await().until(() -> this.client.call(order::size) == 4);
		assertThat(this.slow.messages()).element(1).isEqualTo("beat");
		assertThat(this.slow.messages()).element(3).isEqualTo("reply");
		assertThat(this.client.call(() -> List.copyOf(order))).containsExactly("large", "beat", "second", "reply");
		TransportHarness.await().until(() -> this.client.call(this.client.connection()::isWritable));
	}

	@Test
	void connectionBecomesWritableWhenTheLastFragmentHasLeft() throws Exception {
		openSlow();
		this.client.write(TransportHarness.binary(random(LARGE)));
		assertThat(this.client.call(this.client.connection()::isWritable)).isFalse();
		assertThat(this.client.listener.writables).hasValue(0);
		this.slow.allowAll();
		TransportHarness.await().until(() -> this.client.listener.writables.get() > 0);
		assertThat(this.client.call(this.client.connection()::isWritable)).isTrue();
	}

	@Test
	void messageThatIsCutOffCountsAsStarted() throws Exception {
		openSlow();
		this.client.write(TransportHarness.text("small"), TransportHarness.binary(random(LARGE)),
				TransportHarness.text("behind"));
		this.client.write(TransportHarness.text("waiting"));
		this.slow.takeUntil(() -> !this.slow.frames().isEmpty(), LIMIT);
		this.client.awaitFullSocket();
		this.slow.peer().reset();
		this.client.awaitEnd();
		assertThat(this.client.results()).hasSize(2);
		assertThat(this.client.results().get(0)).satisfies((result) -> {
			assertThat(result.written()).isOne();
			assertThat(result.started()).isEqualTo(2);
			assertThat(result.failure()).isNotNull();
		});
		assertThat(this.client.results().get(1).started()).isZero();
	}

	@Test
	void abortWithinAMessageCountsItAsStarted() throws Exception {
		openSlow();
		this.client.write(TransportHarness.binary(random(LARGE)), TransportHarness.text("behind"));
		this.client.awaitFullSocket();
		this.client.run(this.client.connection()::abort);
		assertThat(this.client.awaitEnd()).isEqualTo(new Requested());
		assertThat(this.client.results()).singleElement().satisfies((result) -> {
			assertThat(result.written()).isZero();
			assertThat(result.started()).isOne();
			assertThat(result.failure()).isNotNull();
		});
	}

	@Test
	void bytesTakenGrowWhileAPeerTakesSomeAndStopWhenItStops() throws Exception {
		openSlow();
		long handshake = bytesTaken();
		this.client.write(TransportHarness.binary(random(LARGE)));
		for (int i = 0; i < 3; i++) {
			this.client.awaitFullSocket();
			long before = bytesTaken();
			assertThat(before).isGreaterThan(handshake);
			this.slow.takeUntil(() -> bytesTaken() > before, LIMIT);
		}
		this.slow.allowAll();
		TransportHarness.await().until(() -> this.client.results().size() == 1);
		assertThat(bytesTaken() - handshake).isGreaterThanOrEqualTo(LARGE);
	}

	@Test
	void bytesTakenGrowWithinOneFrame() throws Exception {
		this.client.maxFrameSize = LARGE;
		openSlow();
		this.client.write(TransportHarness.binary(random(LARGE)));
		this.client.awaitFullSocket();
		long before = bytesTaken();
		this.slow.takeUntil(() -> bytesTaken() > before, LIMIT);
		assertThat(this.client.results()).isEmpty();
	}

	@Test
	void closeFrameFollowsTheLastFragment() throws Exception {
		openSlow();
		this.client.write(TransportHarness.binary(random(2 * MEGABYTE)));
		this.client.write(TransportHarness.text("last"));
		this.client.run(() -> this.client.connection().close(1000, "bye"));
		this.client.write(TransportHarness.text("too late"));
		this.slow.allowAll();
		assertThat(this.client.awaitEnd()).isEqualTo(new Requested());
		assertThat(this.slow.messages()).hasSize(2).element(1).isEqualTo("last");
		assertThat(this.slow.frames()).last().satisfies((frame) -> assertThat(frame.opcode()).isEqualTo(8));
		assertThat(this.client.results()).extracting(WriteResult::written).containsExactly(1, 1, 0);
	}

	private long bytesTaken() {
		return this.client.call(this.client.connection()::getBytesTaken);
	}

	private void openSlow() throws Exception {
		this.slowServer = this.slow.start(ServerSocketFactory.getDefault());
		this.client.connect(URI.create("ws://127.0.0.1:" + this.slowServer.port() + "/"));
		this.client.awaitSignal("open");
		TransportHarness.await().until(() -> this.slow.peer() != null);
	}

	private List<Frame> sendToFastPeer(String... texts) throws Exception {
		this.slow.allowAll();
		this.client.open(this.slow.script());
		this.client.write(List.of(texts).stream().map(TransportHarness::text).toArray(OutboundPayload[]::new));
		TransportHarness.await().until(() -> this.slow.messages().size() == texts.length);
		TransportHarness.await().until(() -> this.client.results().size() == 1);
		return this.slow.frames();
	}

	private static byte[] random(int size) {
		ByteBuffer bytes = ByteBuffer.allocate(size);
		new Random(size).nextBytes(bytes.array());
		return bytes.array();
	}

}
