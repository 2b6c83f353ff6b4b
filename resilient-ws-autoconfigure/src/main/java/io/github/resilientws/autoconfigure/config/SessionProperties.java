package io.github.resilientws.autoconfigure.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.ReconnectAction;

/**
 * Steps between the handshake and readiness.
 *
 * @param timeout Time in which all steps must be done.
 * @param steps Steps, in order; each has a template to send, a matcher to await, or both.
 * @param autoReplies Questions of the server and our answers.
 * @param captures Values for templates that messages of the server tell, by name; they
 * outlive reconnects and are never shown.
 * @since 0.1
 */
public record SessionProperties(@Nullable Duration timeout, @Nullable List<Step> steps,
		@Nullable List<AutoReply> autoReplies, @Nullable Map<String, Capture> captures) {

	/**
	 * A value that messages of the server tell.
	 *
	 * @param from Locator of the value.
	 * @param when Matcher of the messages; every message if absent.
	 */
	public record Capture(@Nullable String from, @Nullable String when) {

	}

	/**
	 * One step of a session.
	 *
	 * @param send Template of the text to send.
	 * @param await Matcher of the answer to wait for.
	 * @param failOn Answers that end the attempt.
	 */
	public record Step(@Nullable String send, @Nullable String await, @Nullable List<FailOn> failOn) {

		// may hold secrets
		@Override
		public String toString() {
			return "Step";
		}

	}

	/**
	 * An answer that ends an attempt.
	 *
	 * @param when Matcher of the answer.
	 * @param action Action of the client.
	 */
	public record FailOn(@Nullable String when, @Nullable ReconnectAction action) {

	}

	/**
	 * A question of the server and our answer.
	 *
	 * @param when Matcher of the question.
	 * @param send Template of the answer.
	 */
	public record AutoReply(@Nullable String when, @Nullable String send) {

		// may hold secrets
		@Override
		public String toString() {
			return "AutoReply";
		}

	}

}
