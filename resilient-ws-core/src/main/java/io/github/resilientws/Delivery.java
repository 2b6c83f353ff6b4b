package io.github.resilientws;

import java.time.Duration;

/**
 * Result of a message that was delivered.
 *
 * @param id id of the message: the one given by {@link OutboundMessage#withId(String)} or
 * a generated one
 * @param attempts how often its bytes were handed to a transport; 0 if another instance
 * sent it
 * @param elapsed time from {@code send} to the end
 * @since 0.1
 */
public record Delivery(String id, int attempts, Duration elapsed) {

	@Override
	public String toString() {
		return "Delivery[id=" + CauseDescription.printable(this.id) + ", attempts=" + this.attempts + ", elapsed="
				+ this.elapsed + "]";
	}

}
