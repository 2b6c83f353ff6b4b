package io.github.resilientws;

import java.time.Duration;
import java.util.UUID;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * Result of a message that was delivered. Reads like a record.
 *
 * @since 0.1
 */
public final class Delivery {

	// its text is the id; few applications ask for a generated one
	private final Object id;

	private final int attempts;

	private final Duration elapsed;

	/**
	 * Create a result.
	 * @param id id of the message
	 * @param attempts how often its bytes were handed to a transport
	 * @param elapsed time from {@code send} to the end
	 */
	public Delivery(String id, int attempts, Duration elapsed) {
		this((Object) id, attempts, elapsed);
	}

	/**
	 * Create a result of a message whose id was generated.
	 * @param id id of the message, whose text is created when it is asked for
	 * @param attempts how often its bytes were handed to a transport
	 * @param elapsed time from {@code send} to the end
	 */
	public Delivery(UUID id, int attempts, Duration elapsed) {
		this((Object) id, attempts, elapsed);
	}

	private Delivery(Object id, int attempts, Duration elapsed) {
		Assert.notNull(id, "'id' must not be null");
		Assert.notNull(elapsed, "'elapsed' must not be null");
		this.id = id;
		this.attempts = attempts;
		this.elapsed = elapsed;
	}

	/**
	 * Return the id of the message.
	 * @return the one given by {@link OutboundMessage#withId(String)} or a generated one
	 */
	public String id() {
		return this.id.toString();
	}

	/**
	 * Return how often the bytes were handed to a transport.
	 * @return number of attempts; 0 if another instance sent the message
	 */
	public int attempts() {
		return this.attempts;
	}

	/**
	 * Return the time from {@code send} to the end.
	 * @return the time
	 */
	public Duration elapsed() {
		return this.elapsed;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Delivery delivery && id().equals(delivery.id()) && this.attempts == delivery.attempts
				&& this.elapsed.equals(delivery.elapsed);
	}

	@Override
	public int hashCode() {
		return id().hashCode();
	}

	@Override
	public String toString() {
		return "Delivery[id=" + CauseDescription.printable(id()) + ", attempts=" + this.attempts + ", elapsed="
				+ this.elapsed + "]";
	}

}
