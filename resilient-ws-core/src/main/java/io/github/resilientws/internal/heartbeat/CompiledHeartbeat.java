package io.github.resilientws.internal.heartbeat;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.MessageMatcher;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.settings.HeartbeatSettings;

/**
 * The compiled rules of a heartbeat. Immutable.
 *
 * @param settings the settings
 * @param send the text to send, or {@code null} unless the mode is {@code TEXT}
 * @param await recognises the answer to that text, or {@code null} if any input is an
 * answer
 * @param intervalFrom finds the interval that the server sends, or {@code null}
 * @param timeoutFrom finds the time-out that the server sends, or {@code null}
 */
public record CompiledHeartbeat(HeartbeatSettings settings, @Nullable Template send, @Nullable MessageMatcher await,
		@Nullable Locator intervalFrom, @Nullable Locator timeoutFrom) {

	/**
	 * Return whether messages of the server may contain its times.
	 * @return whether there is a locator of one
	 */
	public boolean hasAdvertisedTimes() {
		return this.intervalFrom != null || this.timeoutFrom != null;
	}

	CompiledHeartbeat withSettings(HeartbeatSettings settings) {
		return new CompiledHeartbeat(settings, this.send, this.await, this.intervalFrom, this.timeoutFrom);
	}

}
