package io.github.resilientws.transport.netty;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.netty.channel.ChannelException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SendBuffer}.
 */
class SendBufferTests {

	private static final int PART = 64 * 1024;

	private final List<Integer> sizes = new ArrayList<>();

	private long now;

	private final SendBuffer buffer = new SendBuffer(this.sizes::add, () -> this.now);

	@Test
	void isSmallOnASlowLineThoughTheFirstPartsAreTakenAtOnce() {
		this.buffer.begin(5_000_000);
		send(4, Duration.ZERO);
		send(20, Duration.ofSeconds(2));
		assertThat(this.sizes).containsExactly(SendBuffer.SMALLEST);
	}

	@Test
	void growsOnAFastLineUpToALimit() {
		this.buffer.begin(5_000_000);
		send(10, Duration.ofMillis(50));
		assertThat(this.sizes).hasSize(2);
		assertThat(this.sizes.get(1)).isBetween(1_200_000, 1_400_000);
		send(1000, Duration.ofMillis(1));
		assertThat(this.sizes).last().isEqualTo(SendBuffer.LARGEST);
	}

	@Test
	void shrinksWhenTheLineBecomesSlow() {
		this.buffer.begin(5_000_000);
		send(1000, Duration.ofMillis(1));
		send(2, Duration.ofSeconds(3));
		assertThat(this.sizes).last().isEqualTo(SendBuffer.SMALLEST);
	}

	@Test
	void keepsWhatItLearntForTheNextMessage() {
		this.buffer.begin(5_000_000);
		send(1000, Duration.ofMillis(1));
		this.buffer.begin(5_000_000);
		send(3, Duration.ofMillis(40));
		assertThat(this.sizes).containsExactly(SendBuffer.SMALLEST, SendBuffer.LARGEST);
	}

	@Test
	void messageJustAboveAFrameLeavesTheSizeToTheKernel() {
		this.buffer.begin(70_000);
		send(2, Duration.ZERO);
		assertThat(this.sizes).isEmpty();
	}

	@Test
	void messageOnAFastLineLeavesTheSizeToTheKernel() {
		this.buffer.begin(1_000_000);
		send(16, Duration.ofMillis(40));
		assertThat(this.sizes).isEmpty();
	}

	@Test
	void messageThatLastsOnASlowLineBoundsTheSizeByTheRate() {
		this.buffer.begin(1_000_000);
		send(15, Duration.ofMillis(500));
		assertThat(this.sizes).containsExactly(2 * PART);
	}

	@Test
	void socketThatIsClosedIsHarmless() {
		SendBuffer closed = new SendBuffer((size) -> {
			throw new ChannelException();
		}, () -> this.now);
		closed.begin(5_000_000);
		assertThat(this.sizes).isEmpty();
	}

	private void send(int parts, Duration each) {
		for (int i = 0; i < parts; i++) {
			this.now += each.toNanos();
			this.buffer.taken(PART);
		}
	}

}
