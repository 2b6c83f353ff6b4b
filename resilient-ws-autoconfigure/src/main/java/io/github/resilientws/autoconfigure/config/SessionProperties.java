package io.github.resilientws.autoconfigure.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Name;

/**
 * Steps between the handshake and readiness.
 *
 * @param timeout Time in which all steps must be done.
 * @param steps Steps, in order; each has a template to send, a matcher to await, or both.
 * @param autoReplies Questions of the server and our answers.
 * @param captures Values for templates, taken from messages of the server, by name; they
 * outlive reconnects and are never shown.
 * @param resumeUrl Template of the URL, used while every name in it has a value; values
 * are percent-encoded.
 * @since 0.1
 */
public record SessionProperties(@Nullable Duration timeout, @Nullable List<Step> steps,
		@Nullable List<AutoReply> autoReplies, @Nullable Map<String, Capture> captures, @Nullable String resumeUrl) {

	// may hold secrets
	@Override
	public String toString() {
		return "SessionProperties";
	}

	/**
	 * A value that is taken from messages of the server.
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
	 * @param onlyIf Name of a value (capture, value, value of a customizer) without which
	 * the step is skipped.
	 * @param unless Name of a value with which the step is skipped.
	 * @param hidden Whether listeners do not see the answer; true if absent.
	 */
	public record Step(@Nullable String send, @Nullable String await, @Nullable List<FailOn> failOn,
			@Name("if") @Nullable String onlyIf, @Nullable String unless, @Nullable Boolean hidden) {

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
	 * @param action Action of the client; repeat sends the step again on the same
	 * connection.
	 * @param after Wait before the step is repeated; the heartbeat interval in force if
	 * absent.
	 */
	public record FailOn(@Nullable String when, @Nullable FailOnAction action, @Nullable Duration after) {

	}

	/**
	 * Action after a refused step.
	 */
	public enum FailOnAction {

		/** Try again after the back-off. */
		RETRY,

		/** Try again after about reconnect.max-delay. */
		RETRY_SLOW,

		/** Try again at once, with fresh values. */
		REFRESH,

		/** Forget the session, then as retry. */
		RESET,

		/** Give up. */
		STOP,

		/** Send the step again. */
		REPEAT

	}

	/**
	 * A question of the server and our answer.
	 *
	 * @param when Matcher of the question.
	 * @param send Template of the answer.
	 * @param hidden Whether listeners do not see the question; true if absent.
	 */
	public record AutoReply(@Nullable String when, @Nullable String send, @Nullable Boolean hidden) {

		// may hold secrets
		@Override
		public String toString() {
			return "AutoReply";
		}

	}

}
