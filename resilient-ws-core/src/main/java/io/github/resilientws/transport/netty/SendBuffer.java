package io.github.resilientws.transport.netty;

import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

import io.netty.channel.ChannelException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Limits the kernel's send buffer to about one second of the line rate: a heartbeat waits
 * behind its content, and the default of the kernel, megabytes, takes minutes on a slow
 * line. A kernel never chooses the size of a buffer again once it was set, so the kernel
 * keeps the choice until a message is large enough to fill its buffer, or shows that the
 * line is slow. Confined to one event loop.
 */
final class SendBuffer {

	static final int SMALLEST = 64 * 1024;

	/** What kernels choose at most. */
	static final int LARGEST = 4 * 1024 * 1024;

	/** Bytes that a slow line, of 1 Mbit/s, carries within a usual heartbeat time-out. */
	static final int LARGE_MESSAGE = 1024 * 1024;

	private static final Log logger = LogFactory.getLog(SendBuffer.class);

	private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private final IntConsumer option;

	private final LongSupplier nanoTime;

	// 0 while the kernel chooses
	private int size;

	private boolean measuring;

	private long windowStart;

	private long windowBytes;

	/**
	 * Create a send buffer.
	 * @param option sets the size in bytes
	 * @param nanoTime monotonic time
	 */
	SendBuffer(IntConsumer option, LongSupplier nanoTime) {
		this.option = option;
		this.nanoTime = nanoTime;
	}

	/**
	 * A message that is larger than a frame starts.
	 * @param bytes its size
	 */
	void begin(long bytes) {
		if (this.size == 0 && bytes > LARGE_MESSAGE) {
			// before its rate is known: the kernel could take most of the message at once
			set(SMALLEST);
		}
		// the bytes that fill the buffer do not show the rate of the line
		this.measuring = false;
		next(this.nanoTime.getAsLong());
	}

	/**
	 * The socket took part of the message.
	 * @param bytes number of bytes
	 */
	void taken(int bytes) {
		this.windowBytes += bytes;
		long now = this.nanoTime.getAsLong();
		long elapsed = now - this.windowStart;
		if (elapsed < WINDOW_NANOS) {
			return;
		}
		if (this.measuring) {
			double perSecond = (double) this.windowBytes * TimeUnit.SECONDS.toNanos(1) / elapsed;
			int wanted = (int) Math.max(SMALLEST, Math.min(perSecond, LARGEST));
			int present = (this.size != 0) ? this.size : LARGEST;
			// may also grow: a buffer smaller than the bytes
			// in transit slows down a long line
			if (wanted > 2 * present || wanted < present / 4) {
				set(wanted);
			}
		}
		this.measuring = true;
		next(now);
	}

	private void next(long now) {
		this.windowStart = now;
		this.windowBytes = 0;
	}

	private void set(int size) {
		this.size = size;
		try {
			this.option.accept(size);
		}
		catch (ChannelException ex) {
			logger.debug("The send buffer stays as it is: the socket is closed");
		}
	}

}
