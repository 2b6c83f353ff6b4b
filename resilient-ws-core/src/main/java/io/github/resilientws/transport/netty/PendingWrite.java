package io.github.resilientws.transport.netty;

import io.netty.channel.Channel;
import io.netty.channel.DefaultChannelProgressivePromise;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.transport.WriteListener;

/**
 * The promise of one write, which counts the bytes that the socket took.
 */
final class PendingWrite extends DefaultChannelProgressivePromise {

	private final int[] frameEnds;

	private final boolean attributable;

	private final WriteListener listener;

	// of the list of the tracker
	@Nullable PendingWrite next;

	private long bytesTaken;

	/**
	 * Create a promise.
	 * @param channel the channel
	 * @param frameEnds for each frame the offset of the byte after it
	 * @param attributable whether the bytes that the socket takes are those of the frames
	 * @param listener receives the result of the write
	 */
	PendingWrite(Channel channel, int[] frameEnds, boolean attributable, WriteListener listener) {
		super(channel);
		this.frameEnds = frameEnds;
		this.attributable = attributable;
		this.listener = listener;
	}

	@Override
	public boolean tryProgress(long progress, long total) {
		this.bytesTaken = progress;
		return true;
	}

	void report() {
		int count = this.frameEnds.length;
		Throwable failure = cause();
		if (failure == null) {
			this.listener.onWritten(count, count, null);
		}
		else if (this.attributable) {
			int written = written();
			this.listener.onWritten(written, started(written), failure);
		}
		else {
			this.listener.onWritten(0, count, failure);
		}
	}

	private int written() {
		int written = 0;
		while (written < this.frameEnds.length && this.frameEnds[written] <= this.bytesTaken) {
			written++;
		}
		return written;
	}

	private int started(int written) {
		int end = (written > 0) ? this.frameEnds[written - 1] : 0;
		return (this.bytesTaken > end) ? written + 1 : written;
	}

}
