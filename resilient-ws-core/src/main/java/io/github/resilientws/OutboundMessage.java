package io.github.resilientws;

import java.nio.ByteBuffer;
import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * A message to send, with its options. Immutable: each {@code with} method returns a
 * copy.
 *
 * <pre>{@code
 * client.send(OutboundMessage.text("{\"price\": 17}")
 *     .withId("price-4711")
 *     .withTimeToLive(Duration.ofSeconds(5)));
 * }</pre>
 *
 * @since 0.1
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
	 * @param bytes the bytes from position to limit; they are copied, and the position
	 * stays
	 * @return the message
	 */
	public static OutboundMessage binary(ByteBuffer bytes) {
		Assert.notNull(bytes, "'bytes' must not be null");
		byte[] copy = new byte[bytes.remaining()];
		bytes.get(bytes.position(), copy);
		return new OutboundMessage(copy);
	}

	/**
	 * Create a message from an object. The client's message converter turns it into text.
	 * @param payload the object
	 * @return the message
	 */
	public static OutboundMessage of(Object payload) {
		Assert.notNull(payload, "'payload' must not be null");
		return (payload instanceof ByteBuffer bytes) ? binary(bytes) : new OutboundMessage(new Converted(payload));
	}

	/**
	 * Return a copy with the given id.
	 * @param id id that the delivery, events and dead letters name; must be unique among
	 * the unfinished messages of the client
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
	 * Return a copy that the client drops if it is not {@code READY} when the message is
	 * sent.
	 * @return the copy
	 */
	public OutboundMessage asVolatile() {
		return new OutboundMessage(this.payload, this.id, this.timeToLive, true, this.key);
	}

	/**
	 * Return a copy that replaces the waiting message with the same key. The replaced
	 * message is dropped, and this one goes behind all others, even if the outbox is
	 * full. Messages that were handed to a transport are not replaced.
	 * @param key the key, for example the name of an instrument whose latest price counts
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
	 * Return whether the message converter must convert the payload.
	 * @return {@code true} if created by {@link #of(Object)}
	 */
	public boolean isObject() {
		return this.payload instanceof Converted;
	}

	/**
	 * Return the id.
	 * @return the id, or {@code null} if the client generates one
	 */
	public @Nullable String getId() {
		return this.id;
	}

	/**
	 * Return the time to live.
	 * @return the time, or {@code null} if {@code queue.ttl} applies
	 */
	public @Nullable Duration getTimeToLive() {
		return this.timeToLive;
	}

	/**
	 * Return whether the client drops the message if it is not {@code READY}.
	 * @return {@code true} for a volatile message
	 */
	public boolean isVolatile() {
		return this.volatileMessage;
	}

	/**
	 * Return the coalescing key.
	 * @return the key, or {@code null} if the message replaces no other
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
