package io.github.resilientws.internal.outbox;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.Delivery;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.internal.encoding.MessageIdGenerator;
import io.github.resilientws.transport.OutboundPayload;

/**
 * One accepted message. Its mutable fields belong to the client's executor, but for the
 * position, which its sender sets before anybody else sees the message.
 */
public final class OutboxEntry implements OutboundPayload {

	/** Deadline of a message that may wait for ever. */
	public static final long NEVER = Long.MAX_VALUE;

	/** Sequence of a message that is not yet in the log. */
	public static final long NOT_IN_LOG = -1;

	/** Position of a message that is in no store. */
	public static final long NOT_STORED = -1;

	private final CompletableFuture<Delivery> future = new CompletableFuture<>();

	private final EncodedMessage frame;

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

	private OutboxEntry(EncodedMessage frame, @Nullable String key, boolean volatileMessage, long acceptedNanos,
			long ttlNanos, boolean recovered) {
		this.frame = frame;
		this.key = key;
		this.volatileMessage = volatileMessage;
		this.acceptedNanos = acceptedNanos;
		this.ttlNanos = ttlNanos;
		this.recovered = recovered;
	}

	public static OutboxEntry accepted(EncodedMessage frame, @Nullable String key, boolean volatileMessage,
			long acceptedNanos, long ttlNanos) {
		return new OutboxEntry(frame, key, volatileMessage, acceptedNanos, ttlNanos, false);
	}

	public static OutboxEntry recovered(EncodedMessage frame, long position, int attempts, long acceptedNanos,
			long ttlNanos) {
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
	public OutboxEntry again(long acceptedNanos) {
		EncodedMessage known = EncodedMessage.of(this.frame.text(), this.frame.bytes(), this.frame.id());
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

	/**
	 * Return the message behind this one in its list.
	 * @return the message, or {@code null} if this one is the last
	 */
	public @Nullable OutboxEntry successor() {
		return this.next;
	}

	public CompletableFuture<Delivery> future() {
		return this.future;
	}

	public EncodedMessage frame() {
		return this.frame;
	}

	public @Nullable String knownId() {
		return this.frame.id();
	}

	/**
	 * Return the id if it was made for this message.
	 * @return the id, which no other message has, or {@code null}
	 */
	public @Nullable String uniqueId() {
		return this.frame.unique() ? this.frame.id() : null;
	}

	/**
	 * Return the id if others may have it, too.
	 * @return the id, which only one message in the outbox may have, or {@code null}
	 */
	public @Nullable String givenId() {
		return this.frame.unique() ? null : this.frame.id();
	}

	public @Nullable String key() {
		return this.key;
	}

	public boolean isReplacing() {
		return this.replacing;
	}

	public void replacing(boolean replacing) {
		this.replacing = replacing;
	}

	public boolean isVolatile() {
		return this.volatileMessage;
	}

	public long acceptedNanos() {
		return this.acceptedNanos;
	}

	public boolean expires() {
		return this.ttlNanos != NEVER;
	}

	public long remainingNanos(long now) {
		return this.ttlNanos - (now - this.acceptedNanos);
	}

	public boolean isExpired(long now) {
		return expires() && remainingNanos(now) <= 0;
	}

	public boolean isStored() {
		return this.position != NOT_STORED;
	}

	public long position() {
		return this.position;
	}

	public void stored(long position) {
		this.position = position;
	}

	public long sequence() {
		return this.sequence;
	}

	public void enterLog(long sequence) {
		this.sequence = sequence;
	}

	public Phase phase() {
		return this.phase;
	}

	public void moveTo(Phase phase) {
		this.phase = phase;
	}

	public int attempts() {
		return this.attempts;
	}

	public void handedOver() {
		this.attempts++;
		this.phase = Phase.WRITING;
	}

	/** The bytes were certainly not sent: the hand-over did not happen. */
	public void takenBack() {
		this.attempts--;
	}

	/**
	 * The bytes were handed to the operating system, and an acknowledgement is awaited.
	 * @param now present time of the connection's clock
	 * @param reads how often the connection was read before
	 */
	public void written(long now, long reads) {
		this.phase = Phase.SENT;
		this.writtenNanos = now;
		this.readsBefore = reads;
	}

	public long writtenNanos() {
		return this.writtenNanos;
	}

	public long readsBefore() {
		return this.readsBefore;
	}

	/**
	 * The acknowledgement did not come in time.
	 * @return how often that happened
	 */
	public int timedOut() {
		return ++this.timeouts;
	}

	/**
	 * Return whether the server may know the message.
	 * @return {@code false} if it was certainly never sent
	 */
	public boolean maybeSent() {
		return this.attempts > 0 || this.recovered;
	}

	/**
	 * Return the id, which every message has that is delivered at least once.
	 * @return the id
	 */
	public String requireId() {
		return Objects.requireNonNull(this.frame.id());
	}

	// generated only when somebody looks: most senders never do
	public String id(MessageIdGenerator ids) {
		String known = this.frame.id();
		return (known != null) ? known : ids.next().toString();
	}

	public void delivered(MessageIdGenerator ids, long now) {
		this.future.complete(new Delivery(id(ids), this.attempts, Duration.ofNanos(now - this.acceptedNanos)));
	}

	public void failed(String id, Reason reason, String detail, boolean kept) {
		this.future.completeExceptionally(kept ? WebSocketDeliveryException.stored(id, this.attempts, reason, detail)
				: new WebSocketDeliveryException(id, this.attempts, reason, detail));
	}

	/**
	 * Where a message is on its way.
	 */
	public enum Phase {

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
