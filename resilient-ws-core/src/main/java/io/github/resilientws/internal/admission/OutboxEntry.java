package io.github.resilientws.internal.admission;

import java.time.Duration;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.Delivery;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.WebSocketDeliveryException.Reason;
import io.github.resilientws.internal.encoding.EncodedMessage;
import io.github.resilientws.internal.encoding.MessageIdGenerator;
import io.github.resilientws.transport.OutboundPayload;

/**
 * One accepted message. Its mutable fields belong to the client's executor, except the
 * position, which its sender sets before any other thread sees the message.
 */
public class OutboxEntry implements OutboundPayload {

	/** Deadline of a message that never expires. */
	public static final long NEVER = Long.MAX_VALUE;

	/** Sequence of a message that is not yet in the log. */
	public static final long NOT_IN_LOG = -1;

	/** Position of a message that is not stored. */
	public static final long NOT_STORED = -1;

	private final CompletableFuture<Delivery> future;

	// holds no payload once the message was dropped
	private EncodedMessage message;

	private final boolean volatileMessage;

	private final long acceptedNanos;

	private final long ttlNanos;

	// an earlier run may have sent it
	private final boolean recovered;

	private long position = NOT_STORED;

	private long sequence = NOT_IN_LOG;

	private int attempts;

	private int timeouts;

	private Phase phase = Phase.WAITING;

	private long writtenNanos;

	private long readsBefore;

	// links of the list that holds it
	private @Nullable OutboxEntry previous;

	private @Nullable OutboxEntry next;

	/**
	 * Create an entry.
	 * @param message the encoded message
	 * @param volatileMessage whether it is dropped unless the client is ready
	 * @param acceptedNanos present time
	 * @param ttlNanos how long it may wait, or {@link #NEVER}
	 * @param recovered whether an earlier run may have sent it
	 */
	protected OutboxEntry(EncodedMessage message, boolean volatileMessage, long acceptedNanos, long ttlNanos,
			boolean recovered) {
		this(message, volatileMessage, acceptedNanos, ttlNanos, recovered, new CompletableFuture<>());
	}

	/**
	 * Create an entry with the future of a sender.
	 * @param message the encoded message
	 * @param acceptedNanos present time
	 * @param ttlNanos how long it may wait, or {@link #NEVER}
	 * @param recovered whether an earlier run or another instance may have sent it
	 * @param future completed when the message is finished
	 */
	protected OutboxEntry(EncodedMessage message, long acceptedNanos, long ttlNanos, boolean recovered,
			CompletableFuture<Delivery> future) {
		this(message, false, acceptedNanos, ttlNanos, recovered, future);
	}

	private OutboxEntry(EncodedMessage message, boolean volatileMessage, long acceptedNanos, long ttlNanos,
			boolean recovered, CompletableFuture<Delivery> future) {
		this.future = future;
		this.message = message;
		this.volatileMessage = volatileMessage;
		this.acceptedNanos = acceptedNanos;
		this.ttlNanos = ttlNanos;
		this.recovered = recovered;
	}

	public static OutboxEntry accepted(EncodedMessage message, boolean volatileMessage, long acceptedNanos,
			long ttlNanos) {
		return new OutboxEntry(message, volatileMessage, acceptedNanos, ttlNanos, false);
	}

	public static OutboxEntry recovered(EncodedMessage message, long position, int attempts, long acceptedNanos,
			long ttlNanos) {
		OutboxEntry entry = new OutboxEntry(message, false, acceptedNanos, ttlNanos, true);
		entry.position = position;
		entry.attempts = attempts;
		return entry;
	}

	/**
	 * Return the message with a new future and the same number of attempts.
	 * @param acceptedNanos present time
	 * @return the message, not yet stored
	 */
	public OutboxEntry again(long acceptedNanos) {
		EncodedMessage known = EncodedMessage.of(this.message.text(), this.message.bytes(), this.message.id());
		OutboxEntry entry = new OutboxEntry(known, false, acceptedNanos, NEVER, true);
		entry.attempts = this.attempts;
		return entry;
	}

	@Override
	public boolean isText() {
		return this.message.text();
	}

	@Override
	public byte[] payload() {
		return this.message.bytes();
	}

	/**
	 * Return the predecessor of this message in its list.
	 * @return the message, or {@code null} if this one is the first
	 */
	public @Nullable OutboxEntry previous() {
		return this.previous;
	}

	/**
	 * Return the successor of this message in its list.
	 * @return the message, or {@code null} if this one is the last
	 */
	public @Nullable OutboxEntry next() {
		return this.next;
	}

	/**
	 * Set the predecessor; for the list that holds this message.
	 * @param previous the message, or {@code null}
	 */
	public void linkPrevious(@Nullable OutboxEntry previous) {
		this.previous = previous;
	}

	/**
	 * Set the successor; for the list that holds this message.
	 * @param next the message, or {@code null}
	 */
	public void linkNext(@Nullable OutboxEntry next) {
		this.next = next;
	}

	public CompletableFuture<Delivery> future() {
		return this.future;
	}

	public EncodedMessage message() {
		return this.message;
	}

	/**
	 * Return whether its text is rendered for the connection to which it is handed over.
	 * @return whether it is; such a message is never stored
	 */
	public boolean isDeferred() {
		return this.message.deferred() != null;
	}

	public @Nullable String knownId() {
		return this.message.id();
	}

	/**
	 * Return the id if it was generated for this message.
	 * @return the id, which no other message has, or {@code null}
	 */
	public @Nullable UUID uniqueId() {
		return this.message.uniqueId();
	}

	/**
	 * Return the id if another message may bring the same one.
	 * @return the id, which only one message in the outbox may have, or {@code null}
	 */
	public @Nullable String givenId() {
		return this.message.givenId();
	}

	/**
	 * Return whether other instances may send the message, too.
	 * @return whether it is in a store that several instances share
	 */
	public boolean isShared() {
		return false;
	}

	/**
	 * The message has left the outbox without an end, because another instance may send
	 * it.
	 */
	public void remains() {
		// only a shared message remains
	}

	/**
	 * Return whether a sender has dropped the message for a newer one.
	 * @return whether the executor has nothing more to do with it
	 */
	public boolean isDropped() {
		return false;
	}

	/** Release the payload: the message is finished, but still linked. */
	final void discardPayload() {
		this.message = this.message.withoutBytes();
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

	/** The transport certainly sent no byte: the hand-over does not count. */
	public void handOverFailed() {
		this.attempts--;
	}

	/**
	 * The bytes were handed to the operating system; the acknowledgement is due.
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
	 * @return how often that has happened
	 */
	public int timedOut() {
		return ++this.timeouts;
	}

	/**
	 * Return whether the server may have received the message.
	 * @return {@code false} if it was certainly never sent
	 */
	public boolean maybeSent() {
		return this.attempts > 0 || this.recovered;
	}

	/**
	 * Return the id, which every message with delivery at least once has.
	 * @return the id
	 */
	public String requireId() {
		return Objects.requireNonNull(this.message.id());
	}

	public String id(MessageIdGenerator ids) {
		String known = this.message.id();
		return (known != null) ? known : ids.next().toString();
	}

	/**
	 * Complete the future of the delivered message.
	 * @param ids creates its id if it has none
	 * @param elapsed time since it was accepted
	 */
	public void delivered(MessageIdGenerator ids, Duration elapsed) {
		this.future.complete(delivery(ids, elapsed));
	}

	private Delivery delivery(MessageIdGenerator ids, Duration elapsed) {
		Object known = (this.message.uniqueId() != null) ? this.message.uniqueId() : this.message.givenId();
		Object id = (known != null) ? known : ids.next();
		return (id instanceof UUID generated) ? new Delivery(generated, this.attempts, elapsed)
				: new Delivery(id.toString(), this.attempts, elapsed);
	}

	public void failed(String id, Reason reason, String detail, boolean stored, @Nullable Throwable cause) {
		this.future.completeExceptionally(stored ? WebSocketDeliveryException.stored(id, this.attempts, reason, detail)
				: new WebSocketDeliveryException(id, this.attempts, reason, detail, cause));
	}

	/**
	 * The progress of a message.
	 */
	public enum Phase {

		/** Waits to be handed to a transport. */
		WAITING,

		/** Handed to a transport, which has not completed the write. */
		WRITING,

		/** Written, and not yet acknowledged. */
		SENT,

		/** Delivered or failed. */
		DONE

	}

}
