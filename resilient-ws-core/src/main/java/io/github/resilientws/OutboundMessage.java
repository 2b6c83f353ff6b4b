package io.github.resilientws;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.settings.ValueRules;

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

	private static final Options NO_OPTIONS = new Options(null, null, false, null, null, Map.of());

	private final @Nullable Object payload;

	private final Options options;

	private OutboundMessage(@Nullable Object payload, Options options) {
		this.payload = payload;
		this.options = options;
	}

	/**
	 * Create a text message.
	 * @param text the text
	 * @return the message
	 */
	public static OutboundMessage text(String text) {
		Assert.notNull(text, "'text' must not be null");
		return new OutboundMessage(text, NO_OPTIONS);
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
		return new OutboundMessage(copy, NO_OPTIONS);
	}

	/**
	 * Create a message from an object. The client's message converter turns it into text.
	 * @param payload the object
	 * @return the message
	 */
	public static OutboundMessage of(Object payload) {
		Assert.notNull(payload, "'payload' must not be null");
		return (payload instanceof ByteBuffer bytes) ? binary(bytes)
				: new OutboundMessage(new Converted(payload), NO_OPTIONS);
	}

	/**
	 * Create a message without a payload, for a template that has none, or writes
	 * {@code null} for it.
	 * @return the message
	 */
	public static OutboundMessage empty() {
		return new OutboundMessage(null, NO_OPTIONS);
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
		return new OutboundMessage(this.payload, this.options.withId(id));
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
		return new OutboundMessage(this.payload, this.options.withTimeToLive(timeToLive));
	}

	/**
	 * Return a copy that the client drops if it is not {@code READY} when the message is
	 * sent.
	 * @return the copy
	 */
	public OutboundMessage asVolatile() {
		return new OutboundMessage(this.payload, this.options.asVolatile());
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
		return new OutboundMessage(this.payload, this.options.withKey(key));
	}

	/**
	 * Return a copy for the given destination, which a template writes as
	 * {@code {{destination}}}.
	 * @param destination a method, topic, channel or event, as the server calls it
	 * @return the copy
	 * @throws IllegalArgumentException if the destination is blank
	 */
	public OutboundMessage withDestination(String destination) {
		Assert.hasText(destination, "'destination' must not be blank");
		return new OutboundMessage(this.payload, this.options.withDestination(destination));
	}

	/**
	 * Return a copy with a value for the template of this message. It takes precedence
	 * over values of customizers and of the settings.
	 * @param name name that the template uses
	 * @param value the value; never shown
	 * @return the copy
	 * @throws IllegalArgumentException if the name is not allowed
	 */
	public OutboundMessage withValue(String name, String value) {
		Assert.notNull(name, "'name' must not be null");
		Assert.notNull(value, "'value' must not be null");
		ValueRules.check(name);
		return new OutboundMessage(this.payload, this.options.withValue(name, value));
	}

	/**
	 * Return the payload.
	 * @return a {@code String}, a read-only {@code ByteBuffer}, the object to convert, or
	 * {@code null} if created by {@link #empty()}
	 */
	public @Nullable Object getPayload() {
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
		return this.options.id();
	}

	/**
	 * Return the time to live.
	 * @return the time, or {@code null} if {@code queue.ttl} applies
	 */
	public @Nullable Duration getTimeToLive() {
		return this.options.timeToLive();
	}

	/**
	 * Return whether the client drops the message if it is not {@code READY}.
	 * @return {@code true} for a volatile message
	 */
	public boolean isVolatile() {
		return this.options.volatileMessage();
	}

	/**
	 * Return the coalescing key.
	 * @return the key, or {@code null} if the message replaces no other
	 */
	public @Nullable String getKey() {
		return this.options.key();
	}

	/**
	 * Return the destination.
	 * @return the destination, or {@code null} if the message has none
	 */
	public @Nullable String getDestination() {
		return this.options.destination();
	}

	/**
	 * Return the values for the template of this message.
	 * @return the values by name, unmodifiable
	 */
	public Map<String, String> getValues() {
		return this.options.values();
	}

	@Override
	public String toString() {
		return "OutboundMessage[id=" + ((getId() != null) ? CauseDescription.printable(getId()) : null)
				+ ", timeToLive=" + getTimeToLive() + "]";
	}

	private record Converted(Object object) {

	}

	private record Options(@Nullable String id, @Nullable Duration timeToLive, boolean volatileMessage,
			@Nullable String key, @Nullable String destination, Map<String, String> values) {

		Options withId(String id) {
			return new Options(id, this.timeToLive, this.volatileMessage, this.key, this.destination, this.values);
		}

		Options withTimeToLive(Duration timeToLive) {
			return new Options(this.id, timeToLive, this.volatileMessage, this.key, this.destination, this.values);
		}

		Options asVolatile() {
			return new Options(this.id, this.timeToLive, true, this.key, this.destination, this.values);
		}

		Options withKey(String key) {
			return new Options(this.id, this.timeToLive, this.volatileMessage, key, this.destination, this.values);
		}

		Options withDestination(String destination) {
			return new Options(this.id, this.timeToLive, this.volatileMessage, this.key, destination, this.values);
		}

		Options withValue(String name, String value) {
			Map<String, String> all = new HashMap<>(this.values);
			all.put(name, value);
			return new Options(this.id, this.timeToLive, this.volatileMessage, this.key, this.destination,
					Map.copyOf(all));
		}

	}

}
