package io.github.resilientws.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the session: the steps between the handshake and {@code READY}, and the
 * automatic answers to questions of the server. Empty templates and matchers count as
 * absent.
 *
 * @param timeout time in which all steps must be done; by default 30 seconds
 * @param steps steps, in order; by default none
 * @param autoReplies answers to questions of the server; by default none
 * @param captures values for templates, taken from messages of the server, by name; by
 * default none
 * @param resumeUrl template of the URL, used while every name in it has a value; empty
 * for none; by default empty
 * @since 0.1
 */
public record SessionSettings(Duration timeout, List<Step> steps, List<AutoReply> autoReplies,
		Map<String, Capture> captures, String resumeUrl) {

	/** No steps, no replies. */
	public static final SessionSettings DEFAULTS = new SessionSettings(Duration.ofSeconds(30), List.of(), List.of());

	/**
	 * Copies the lists and the map.
	 * @param timeout time in which all steps must be done
	 * @param steps steps, in order
	 * @param autoReplies answers to questions of the server
	 * @param captures values taken from messages of the server, by name
	 * @param resumeUrl template of the URL, used while every name in it has a value
	 */
	public SessionSettings {
		steps = List.copyOf(steps);
		autoReplies = List.copyOf(autoReplies);
		captures = Map.copyOf(captures);
	}

	/**
	 * Create settings that capture nothing.
	 * @param timeout time in which all steps must be done
	 * @param steps steps, in order
	 * @param autoReplies answers to questions of the server
	 */
	public SessionSettings(Duration timeout, List<Step> steps, List<AutoReply> autoReplies) {
		this(timeout, steps, autoReplies, Map.of(), "");
	}

	/**
	 * Return a copy with the given {@code timeout}.
	 * @param timeout time in which all steps must be done
	 * @return the copy
	 */
	public SessionSettings withTimeout(Duration timeout) {
		return new SessionSettings(timeout, this.steps, this.autoReplies, this.captures, this.resumeUrl);
	}

	/**
	 * Return a copy with the given {@code steps}.
	 * @param steps steps, in order
	 * @return the copy
	 */
	public SessionSettings withSteps(List<Step> steps) {
		return new SessionSettings(this.timeout, steps, this.autoReplies, this.captures, this.resumeUrl);
	}

	/**
	 * Return a copy with the given {@code auto-replies}.
	 * @param autoReplies answers to questions of the server
	 * @return the copy
	 */
	public SessionSettings withAutoReplies(List<AutoReply> autoReplies) {
		return new SessionSettings(this.timeout, this.steps, autoReplies, this.captures, this.resumeUrl);
	}

	/**
	 * Return a copy with the given {@code captures}.
	 * @param captures values taken from messages of the server, by name
	 * @return the copy
	 */
	public SessionSettings withCaptures(Map<String, Capture> captures) {
		return new SessionSettings(this.timeout, this.steps, this.autoReplies, captures, this.resumeUrl);
	}

	/**
	 * Return a copy with the given {@code resume-url}.
	 * @param resumeUrl template of the URL, used while every name in it has a value;
	 * empty for none
	 * @return the copy
	 */
	public SessionSettings withResumeUrl(String resumeUrl) {
		return new SessionSettings(this.timeout, this.steps, this.autoReplies, this.captures, resumeUrl);
	}

	/** Return a description without the URL, which may hold a secret. */
	@Override
	public String toString() {
		return "SessionSettings[timeout=" + this.timeout + ", steps=" + this.steps + ", autoReplies=" + this.autoReplies
				+ ", captures=" + this.captures + "]";
	}

	/**
	 * A value for templates that is taken from messages of the server. The last one
	 * counts, over reconnects, too.
	 *
	 * @param from locator of the value
	 * @param when matcher of the messages; empty for all
	 */
	public record Capture(String from, String when) {

	}

	/**
	 * One step: send a message, wait for a message, or both.
	 *
	 * @param send template of the text to send; empty if the step only waits
	 * @param await matcher of the answer; empty if the step does not wait
	 * @param failOn answers that end the attempt
	 * @param onlyIf name of a value without which the step is skipped; empty for none
	 * @param unless name of a value with which the step is skipped; empty for none
	 * @param hidden whether listeners do not see the messages that the step takes
	 */
	public record Step(String send, String await, List<FailOn> failOn, String onlyIf, String unless, boolean hidden) {

		/**
		 * Copies the list.
		 * @param send template of the text to send; empty if the step only waits
		 * @param await matcher of the answer; empty if the step does not wait
		 * @param failOn answers that end the attempt
		 * @param onlyIf name of a value without which the step is skipped
		 * @param unless name of a value with which the step is skipped
		 * @param hidden whether listeners do not see the messages that the step takes
		 */
		public Step {
			failOn = List.copyOf(failOn);
		}

		/**
		 * Create a step without a condition, whose answer is hidden from listeners.
		 * @param send template of the text to send; empty if the step only waits
		 * @param await matcher of the answer; empty if the step does not wait
		 * @param failOn answers that end the attempt
		 */
		public Step(String send, String await, List<FailOn> failOn) {
			this(send, await, failOn, "", "", true);
		}

		/**
		 * Return a copy that is skipped without a value.
		 * @param name name of the value; empty for no condition
		 * @return the copy
		 */
		public Step withOnlyIf(String name) {
			return new Step(this.send, this.await, this.failOn, name, this.unless, this.hidden);
		}

		/**
		 * Return a copy that is skipped with a value.
		 * @param name name of the value; empty for no condition
		 * @return the copy
		 */
		public Step withUnless(String name) {
			return new Step(this.send, this.await, this.failOn, this.onlyIf, name, this.hidden);
		}

		/**
		 * Return a copy whose messages are hidden from listeners, or not.
		 * @param hidden whether listeners do not see the messages that the step takes
		 * @return the copy
		 */
		public Step withHidden(boolean hidden) {
			return new Step(this.send, this.await, this.failOn, this.onlyIf, this.unless, hidden);
		}

		/** Return a description without the text to send, which may hold a secret. */
		@Override
		public String toString() {
			return "Step[await=" + this.await + ", failOn=" + this.failOn + "]";
		}

	}

	/**
	 * An answer that ends the attempt, or after which the step is repeated.
	 *
	 * @param when matcher of the answer
	 * @param action action of the client, unless the step is repeated; by default
	 * {@code REFRESH}
	 * @param repeat whether to send the step again, instead of ending the attempt
	 * @param after wait before the step is sent again; {@code null} for the heartbeat
	 * interval in force
	 */
	public record FailOn(String when, ReconnectAction action, boolean repeat, @Nullable Duration after) {

		/** Default action. */
		public static final ReconnectAction DEFAULT_ACTION = ReconnectAction.REFRESH;

		/**
		 * Create an answer that ends the attempt.
		 * @param when matcher of the answer
		 * @param action action of the client
		 */
		public FailOn(String when, ReconnectAction action) {
			this(when, action, false, null);
		}

		/**
		 * Create an answer after which the step is sent again.
		 * @param when matcher of the answer
		 * @param after wait before the step is sent again; {@code null} for the heartbeat
		 * interval in force
		 * @return the answer
		 */
		public static FailOn repeat(String when, @Nullable Duration after) {
			return new FailOn(when, DEFAULT_ACTION, true, after);
		}

	}

	/**
	 * A question of the server, and the answer of the client.
	 *
	 * @param when matcher of the question
	 * @param send template of the answer
	 * @param hidden whether listeners do not see the question
	 */
	public record AutoReply(String when, String send, boolean hidden) {

		/**
		 * Create a reply to a question that is hidden from listeners.
		 * @param when matcher of the question
		 * @param send template of the answer
		 */
		public AutoReply(String when, String send) {
			this(when, send, true);
		}

		/** Return a description without the text to send, which may hold a secret. */
		@Override
		public String toString() {
			return "AutoReply[when=" + this.when + "]";
		}

	}

}
