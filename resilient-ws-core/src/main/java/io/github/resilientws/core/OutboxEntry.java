package io.github.resilientws.core;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.Delivery;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.transport.OutboundFrame;

/**
 * One accepted message. Its mutable fields belong to the client's executor, but for the
 * position, which its sender sets before anybody else sees the message.
 */
final class OutboxEntry implements OutboundFrame {

	/** Deadline of a message that may wait for ever. */
	static final long NEVER = Long.MAX_VALUE;

	/** Sequence of a message that is not yet in the log. */
	static final long NOT_IN_LOG = -1;

	/** Position of a message that is in no store. */
	static final long NOT_STORED = -1;

	private final CompletableFuture<Delivery> future = new CompletableFuture<>();

	private final Framed frame;

	private final @Nullable String key;

	private final boolean volatileMessage;

	private final long acceptedNanos;

	private final long ttlNanos;

	// an earlier run may have sent it
	private final boolean recovered;

	private long position = NOT_STORED;

	// took room beyond the bounds, because it replaces another; until it is in the log
	private volatile boolean replacing;

	private long sequence = NOT_IN_LOG;

	private int attempts;

	private int timeouts;

	private Phase phase = Phase.WAITING;

	private long writtenNanos;

	private long readsBefore;

	// links of the list it is in
	@Nullable OutboxEntry previous;

	@Nullable OutboxEntry next;

	private OutboxEntry(Framed frame, @Nullable String key, boolean volatileMessage, long acceptedNanos, long ttlNanos,
			boolean recovered) {
		this.frame = frame;
		this.key = key;
		this.volatileMessage = volatileMessage;
		this.acceptedNanos = acceptedNanos;
		this.ttlNanos = ttlNanos;
		this.recovered = recovered;
	}

	static OutboxEntry accepted(Framed frame, @Nullable String key, boolean volatileMessage, long acceptedNanos,
			long ttlNanos) {
		return new OutboxEntry(frame, key, volatileMessage, acceptedNanos, ttlNanos, false);
	}

	static OutboxEntry recovered(Framed frame, long position, int attempts, long acceptedNanos, long ttlNanos) {
		OutboxEntry entry = new OutboxEntry(frame, null, false, acceptedNanos, ttlNanos, true);
		entry.position = position;
		entry.attempts = attempts;
		return entry;
	}

	/**
	 * Return the message with a new future and all its attempts.
	 * @param acceptedNanos present time
	 * @return the message, not yet stored
	 */
	OutboxEntry again(long acceptedNanos) {
		Framed known = Framed.of(this.frame.text(), this.frame.bytes(), this.frame.id());
		OutboxEntry entry = new OutboxEntry(known, null, false, acceptedNanos, NEVER, true);
		entry.attempts = this.attempts;
		return entry;
	}

	@Override
	public boolean isText() {
		return this.frame.text();
	}

	@Override
	public byte[] payload() {
		return this.frame.bytes();
	}

	CompletableFuture<Delivery> future() {
		return this.future;
	}

	Framed frame() {
		return this.frame;
	}

	@Nullable String knownId() {
		return this.frame.id();
	}

	/**
	 * Return the id if it was made for this message.
	 * @return the id, which no other message has, or {@code null}
	 */
	@Nullable String uniqueId() {
		return this.frame.unique() ? this.frame.id() : null;
	}

	/**
	 * Return the id if others may have it, too.
	 * @return the id, which only one message in the outbox may have, or {@code null}
	 */
	@Nullable String givenId() {
		return this.frame.unique() ? null : this.frame.id();
	}

	@Nullable String key() {
		return this.key;
	}

	boolean isReplacing() {
		return this.replacing;
	}

	void replacing(boolean replacing) {
		this.replacing = replacing;
	}

	boolean isVolatile() {
		return this.volatileMessage;
	}

	long acceptedNanos() {
		return this.acceptedNanos;
	}

	boolean expires() {
		return this.ttlNanos != NEVER;
	}

	long remainingNanos(long now) {
		return this.ttlNanos - (now - this.acceptedNanos);
	}

	boolean isExpired(long now) {
		return expires() && remainingNanos(now) <= 0;
	}

	boolean isStored() {
		return this.position != NOT_STORED;
	}

	long position() {
		return this.position;
	}

	void stored(long position) {
		this.position = position;
	}

	long sequence() {
		return this.sequence;
	}

	void enterLog(long sequence) {
		this.sequence = sequence;
	}

	Phase phase() {
		return this.phase;
	}

	void moveTo(Phase phase) {
		this.phase = phase;
	}

	int attempts() {
		return this.attempts;
	}

	void handedOver() {
		this.attempts++;
		this.phase = Phase.WRITING;
	}

	/** The bytes were certainly not sent: the hand-over did not happen. */
	void takenBack() {
		this.attempts--;
	}

	/**
	 * The bytes were handed to the operating system, and an acknowledgement is awaited.
	 * @param now present time of the connection's clock
	 * @param reads how often the connection was read before
	 */
	void written(long now, long reads) {
		this.phase = Phase.SENT;
		this.writtenNanos = now;
		this.readsBefore = reads;
	}

	long writtenNanos() {
		return this.writtenNanos;
	}

	long readsBefore() {
		return this.readsBefore;
	}

	/**
	 * The acknowledgement did not come in time.
	 * @return how often that happened
	 */
	int timedOut() {
		return ++this.timeouts;
	}

	/**
	 * Return whether the server may know the message.
	 * @return {@code false} if it was certainly never sent
	 */
	boolean maybeSent() {
		return this.attempts > 0 || this.recovered;
	}

	/**
	 * Return the id, which every message has that is delivered at least once.
	 * @return the id
	 */
	String requireId() {
		return Objects.requireNonNull(this.frame.id());
	}

	// generated only when somebody looks: most senders never do
	String id(MessageIds ids) {
		String known = this.frame.id();
		return (known != null) ? known : ids.next().toString();
	}

	void delivered(MessageIds ids, long now) {
		this.future.complete(new Delivery(id(ids), this.attempts, Duration.ofNanos(now - this.acceptedNanos)));
	}

	void failed(String id, Reason reason, String detail, boolean kept) {
		this.future.completeExceptionally(kept ? WebSocketDeliveryException.stored(id, this.attempts, reason, detail)
				: new WebSocketDeliveryException(id, this.attempts, reason, detail));
	}

	/**
	 * Where a message is on its way.
	 */
	enum Phase {

		/** Waits to be handed to a transport. */
		WAITING,

		/** Handed to a transport, which has not told the fate of the write. */
		WRITING,

		/** Written, and not yet acknowledged. */
		SENT,

		/** Decided. */
		DONE

	}

}
