package io.github.resilientws;

import java.nio.ByteBuffer;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * A message to send. Immutable.
 */
public final class OutboundMessage {

	private final Object payload;

	private final @Nullable String id;

	private final @Nullable Duration timeToLive;

	private final boolean volatileMessage;

	private final @Nullable String key;

	private OutboundMessage(Object payload) {
		this(payload, null, null, false, null);
	}

	private OutboundMessage(Object payload, @Nullable String id, @Nullable Duration timeToLive, boolean volatileMessage,
			@Nullable String key) {
		this.payload = payload;
		this.id = id;
		this.timeToLive = timeToLive;
		this.volatileMessage = volatileMessage;
		this.key = key;
	}

	/**
	 * Create a text message.
	 * @param text the text
	 * @return the message
	 */
	public static OutboundMessage text(String text) {
		Assert.notNull(text, "'text' must not be null");
		return new OutboundMessage(text);
	}

	/**
	 * Create a binary message.
	 * @param bytes the bytes from position to limit; copied, the position stays
	 * @return the message
	 */
	public static OutboundMessage binary(ByteBuffer bytes) {
		Assert.notNull(bytes, "'bytes' must not be null");
		byte[] copy = new byte[bytes.remaining()];
		bytes.get(bytes.position(), copy);
		return new OutboundMessage(copy);
	}

	/**
	 * Create a message from an object that the client's message converter turns into
	 * text.
	 * @param payload the object
	 * @return the message
	 */
	public static OutboundMessage of(Object payload) {
		Assert.notNull(payload, "'payload' must not be null");
		return (payload instanceof ByteBuffer bytes) ? binary(bytes) : new OutboundMessage(new Converted(payload));
	}

	/**
	 * Return a copy with the given id.
	 * @param id id by which the delivery is reported; unique among unfinished messages
	 * @return the copy
	 * @throws IllegalArgumentException if the id is blank
	 */
	public OutboundMessage withId(String id) {
		Assert.hasText(id, "'id' must not be blank");
		return new OutboundMessage(this.payload, id, this.timeToLive, this.volatileMessage, this.key);
	}

	/**
	 * Return a copy with the given time to live, in place of {@code queue.ttl}.
	 * @param timeToLive how long the message may wait, positive
	 * @return the copy
	 * @throws IllegalArgumentException if the time is not positive
	 */
	public OutboundMessage withTimeToLive(Duration timeToLive) {
		Assert.notNull(timeToLive, "'timeToLive' must not be null");
		Assert.isTrue(timeToLive.compareTo(Duration.ZERO) > 0,
				() -> "'timeToLive' must be positive, but is " + timeToLive);
		return new OutboundMessage(this.payload, this.id, timeToLive, this.volatileMessage, this.key);
	}

	/**
	 * Return a copy that is dropped unless the client is ready.
	 * @return the copy
	 */
	public OutboundMessage asVolatile() {
		return new OutboundMessage(this.payload, this.id, this.timeToLive, true, this.key);
	}

	/**
	 * Return a copy that replaces the waiting message with the same key: that one is
	 * dropped, and this one goes behind all others, also if the outbox is full. Messages
	 * that were ever handed to a transport are left alone.
	 * @param key the key, such as the name of an instrument of which only the latest
	 * price counts
	 * @return the copy
	 * @throws IllegalArgumentException if the key is blank
	 */
	public OutboundMessage withKey(String key) {
		Assert.hasText(key, "'key' must not be blank");
		return new OutboundMessage(this.payload, this.id, this.timeToLive, this.volatileMessage, key);
	}

	/**
	 * Return the payload.
	 * @return a {@code String}, a read-only {@code ByteBuffer}, or the object to convert
	 */
	public Object getPayload() {
		if (this.payload instanceof byte[] bytes) {
			return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
		}
		return (this.payload instanceof Converted converted) ? converted.object() : this.payload;
	}

	/**
	 * Return whether the payload has to be converted.
	 * @return {@code true} if made by {@link #of(Object)}
	 */
	public boolean isObject() {
		return this.payload instanceof Converted;
	}

	/**
	 * Return the id.
	 * @return the id, or {@code null} to have one generated
	 */
	public @Nullable String getId() {
		return this.id;
	}

	/**
	 * Return the time to live.
	 * @return the time, or {@code null} for {@code queue.ttl}
	 */
	public @Nullable Duration getTimeToLive() {
		return this.timeToLive;
	}

	/**
	 * Return whether the message is dropped unless the client is ready.
	 * @return whether it is volatile
	 */
	public boolean isVolatile() {
		return this.volatileMessage;
	}

	/**
	 * Return the coalescing key.
	 * @return the key, or {@code null} if the message replaces none
	 */
	public @Nullable String getKey() {
		return this.key;
	}

	@Override
	public String toString() {
		return "OutboundMessage[id=" + ((this.id != null) ? CauseDescription.printable(this.id) : null)
				+ ", timeToLive=" + this.timeToLive + "]";
	}

	private record Converted(Object object) {

	}

}
