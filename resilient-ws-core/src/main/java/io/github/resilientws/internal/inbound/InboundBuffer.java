package io.github.resilientws.internal.inbound;

import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

import org.jctools.queues.atomic.SpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;

import io.github.resilientws.InboundMessage;
import io.github.resilientws.settings.InboundSettings;

/**
 * A bounded queue of received messages between the client's executor, which puts them in,
 * and the thread of the listeners, which takes them out. Bounded by count and bytes: a
 * full buffer stops reading.
 */
public final class InboundBuffer {

	private static final int CHUNK = 64;

	// the executor reads these counters, so they are published in batches
	private static final int PUBLISH_TAKEN_EVERY = 32;

	private final long maxMessages;

	private final long maxBytes;

	private final Runnable onRoom;

	private final Queue<InboundMessage> messages = new SpscUnboundedAtomicArrayQueue<>(CHUNK);

	// written by the executor
	private final AtomicLong putMessages = new AtomicLong();

	private final AtomicLong putBytes = new AtomicLong();

	private long roomForMessages;

	private long roomForBytes;

	// written by the listeners' thread
	private final AtomicLong takenMessages = new AtomicLong();

	private final AtomicLong takenBytes = new AtomicLong();

	private int unpublishedMessages;

	private long unpublishedBytes;

	// set by the executor, which clears it only in the same put(): later the thread of
	// the listeners clears it and reports room
	private final AtomicBoolean full = new AtomicBoolean();

	/**
	 * Create an empty buffer.
	 * @param settings the bounds
	 * @param onRoom runs on the listeners' thread once half of a full buffer is free
	 * again
	 */
	public InboundBuffer(InboundSettings settings, Runnable onRoom) {
		this.maxMessages = settings.bufferMessages();
		this.maxBytes = settings.bufferBytes();
		this.onRoom = onRoom;
	}

	/**
	 * Add a message.
	 * @param message the message
	 * @return {@code false} if the buffer is full now, so that reading has to stop
	 */
	public boolean put(InboundMessage message) {
		int bytes = sizeOf(message);
		this.putMessages.lazySet(this.putMessages.get() + 1);
		this.putBytes.lazySet(this.putBytes.get() + bytes);
		this.messages.add(message);
		this.roomForMessages--;
		this.roomForBytes -= bytes;
		if (this.roomForMessages > 0 && this.roomForBytes > 0) {
			return true;
		}
		this.roomForMessages = this.maxMessages - size();
		this.roomForBytes = this.maxBytes - bytes();
		if (this.roomForMessages > 0 && this.roomForBytes > 0) {
			return true;
		}
		if (this.full.getAndSet(true)) {
			// reading is suspended: only the thread that reports room may clear the flag
			return false;
		}
		// the listeners may have emptied the buffer before they could see the flag
		return isHalfEmpty() && this.full.compareAndSet(true, false);
	}

	/**
	 * Remove the next message.
	 * @return the message, or {@code null} if there is none
	 */
	public @Nullable InboundMessage poll() {
		InboundMessage message = this.messages.poll();
		if (message == null) {
			publishTaken();
		}
		return message;
	}

	/**
	 * A removed message has been handled.
	 * @param message the message
	 */
	public void handled(InboundMessage message) {
		this.unpublishedMessages++;
		this.unpublishedBytes += sizeOf(message);
		if (this.unpublishedMessages == PUBLISH_TAKEN_EVERY) {
			publishTaken();
		}
	}

	public boolean isEmpty() {
		return this.messages.isEmpty();
	}

	public boolean isFull() {
		return this.full.get();
	}

	public int size() {
		return (int) (this.putMessages.get() - this.takenMessages.get());
	}

	private void publishTaken() {
		this.takenMessages.lazySet(this.takenMessages.get() + this.unpublishedMessages);
		// a full fence: either put() sees the removed messages, or this thread sees the
		// flag that put() set
		this.takenBytes.set(this.takenBytes.get() + this.unpublishedBytes);
		this.unpublishedMessages = 0;
		this.unpublishedBytes = 0;
		if (this.full.get() && isHalfEmpty() && this.full.compareAndSet(true, false)) {
			this.onRoom.run();
		}
	}

	private long bytes() {
		return this.putBytes.get() - this.takenBytes.get();
	}

	private boolean isHalfEmpty() {
		return size() <= this.maxMessages / 2 && bytes() <= this.maxBytes / 2;
	}

	private static int sizeOf(InboundMessage message) {
		return message.isText() ? message.text().length() : message.bytes().remaining();
	}

}
