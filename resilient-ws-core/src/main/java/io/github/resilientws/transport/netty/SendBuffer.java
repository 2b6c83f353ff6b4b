package io.github.resilientws.transport.netty;

import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;

import io.netty.channel.ChannelException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Limits the kernel's send buffer to about one second of the line rate while large
 * messages are sent: a heartbeat waits behind its content, and the default of the kernel,
 * megabytes, takes minutes on a slow line. Confined to one event loop.
 */
final class SendBuffer {

	static final int SMALLEST = 64 * 1024;

	static final int LARGEST = 4 * 1024 * 1024;

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

	/** A large message starts. */
	void begin() {
		if (this.size == 0) {
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
			// may also grow: a buffer smaller than the bytes
			// in transit slows down a long line
			if (wanted > 2 * this.size || wanted < this.size / 4) {
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
