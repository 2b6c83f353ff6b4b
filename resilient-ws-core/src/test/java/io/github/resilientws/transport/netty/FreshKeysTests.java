package io.github.resilientws.transport.netty;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import io.github.resilientws.transport.NameLookups;
import io.github.resilientws.transport.OutboundPayload;
import io.github.resilientws.transport.RawServer;
import io.github.resilientws.transport.TransportHarness;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Masking keys and handshake keys as a server sees them (RFC 6455, sections 5.3 and 4.1).
 */
@Timeout(60)
class FreshKeysTests {

	private static final int FRAMES = 10_000;

	private static final int HANDSHAKES = 1000;

	private static final int AT_ONCE = 25;

	private final NettyWebSocketTransport transport = new NettyWebSocketTransport(new NameLookups(), true);

	@AfterEach
	void close() {
		this.transport.close();
	}

	@Test
	void everyFrameHasAFreshUnpredictableMask() throws Exception {
		BlockingQueue<Integer> masks = new LinkedBlockingQueue<>();
		try (TransportHarness client = new TransportHarness(this.transport)) {
			client.open((peer) -> {
				peer.accept();
				for (int i = 0; i < FRAMES; i++) {
					masks.add(ByteBuffer.wrap(peer.read().mask()).getInt());
				}
				peer.awaitEnd();
			});
			OutboundPayload[] batch = IntStream.range(0, 500)
				.mapToObj((i) -> TransportHarness.text("frame " + i))
				.toArray(OutboundPayload[]::new);
			for (int i = 0; i < FRAMES / batch.length; i++) {
				client.write(batch);
			}
			List<Integer> keys = new ArrayList<>();
			for (int i = 0; i < FRAMES; i++) {
				keys.add(masks.poll(20, TimeUnit.SECONDS));
			}
			assertUnpredictable(keys);
		}
	}

	// chances of a false alarm are below one in a million each
	private static void assertUnpredictable(List<Integer> keys) {
		assertThat(keys).doesNotContainNull();
		// of 10,000 random keys 0.01 pairs are equal
		assertThat(new HashSet<>(keys)).as("distinct").hasSizeGreaterThanOrEqualTo(FRAMES - 3);
		assertThat(keys.stream().filter((key) -> key == 0).count()).as("zero").isLessThanOrEqualTo(2);
		Set<Integer> differences = new HashSet<>();
		Set<Integer> exclusives = new HashSet<>();
		for (int i = 1; i < keys.size(); i++) {
			differences.add(keys.get(i) - keys.get(i - 1));
			exclusives.add(keys.get(i) ^ keys.get(i - 1));
		}
		assertThat(differences).as("distances of neighbours").hasSizeGreaterThanOrEqualTo(FRAMES - 4);
		assertThat(exclusives).as("differing bits of neighbours").hasSizeGreaterThanOrEqualTo(FRAMES - 4);
		// k' = a k + c would make all these factors the same a
		Set<Integer> factors = new HashSet<>();
		for (int i = 2; i < keys.size(); i++) {
			int before = keys.get(i - 1) - keys.get(i - 2);
			if ((before & 1) == 1) {
				factors.add((keys.get(i) - keys.get(i - 1)) * inverse(before));
			}
		}
		assertThat(factors).as("linear factors").hasSizeGreaterThan(4500);
		int[] bits = new int[Integer.SIZE];
		int[] flips = new int[Integer.SIZE];
		for (int i = 0; i < keys.size(); i++) {
			for (int bit = 0; bit < Integer.SIZE; bit++) {
				bits[bit] += (keys.get(i) >>> bit) & 1;
				flips[bit] += (i > 0) ? ((keys.get(i) ^ keys.get(i - 1)) >>> bit) & 1 : 0;
			}
		}
		// each bit is set, and changes, half of the time: 5000, give or take six times
		// sigma = 50
		assertThat(Arrays.stream(bits).boxed()).as("set bits").allMatch((count) -> Math.abs(count - 5000) < 300);
		assertThat(Arrays.stream(flips).boxed()).as("flipped bits").allMatch((count) -> Math.abs(count - 5000) < 300);
	}

	// modulo two to the 32nd, by Newton
	private static int inverse(int odd) {
		int inverse = odd;
		for (int i = 0; i < 5; i++) {
			inverse *= 2 - odd * inverse;
		}
		return inverse;
	}

	@Test
	void everyHandshakeHasAFreshKeyOfSixteenBytes() throws Exception {
		Set<String> keys = new HashSet<>();
		BlockingQueue<String> seen = new LinkedBlockingQueue<>();
		try (RawServer server = new RawServer((peer) -> {
			peer.readRequest();
			seen.add(peer.headers().get("Sec-WebSocket-Key"));
		})) {
			for (int i = 0; i < HANDSHAKES / AT_ONCE; i++) {
				handshakes(server, seen, keys);
			}
		}
		assertThat(keys).hasSize(HANDSHAKES);
	}

	private void handshakes(RawServer server, BlockingQueue<String> seen, Set<String> keys) throws Exception {
		List<TransportHarness> clients = new ArrayList<>();
		for (int i = 0; i < AT_ONCE; i++) {
			TransportHarness client = new TransportHarness(this.transport);
			client.connect(server.url());
			clients.add(client);
		}
		for (int i = 0; i < AT_ONCE; i++) {
			String key = seen.poll(20, TimeUnit.SECONDS);
			assertThat(Base64.getDecoder().decode(key)).hasSize(16);
			keys.add(key);
		}
		for (TransportHarness client : clients) {
			client.awaitEnd();
			client.close();
		}
	}

}
