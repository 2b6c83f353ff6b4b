package io.github.resilientws.transport.netty;

import io.netty.channel.AdaptiveRecvByteBufAllocator;

/**
 * Predicts the size of the next read for all connections of one event loop, which reads
 * one of them after another.
 */
final class SharedReadSizes extends AdaptiveRecvByteBufAllocator {

	// Netty's default for TCP
	private static final int MAX_READS = 16;

	private final Handle handle = super.newHandle();

	SharedReadSizes() {
		maxMessagesPerRead(MAX_READS);
	}

	@Override
	public Handle newHandle() {
		return this.handle;
	}

}
