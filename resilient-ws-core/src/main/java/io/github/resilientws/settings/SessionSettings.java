package io.github.resilientws.settings;

import java.time.Duration;
import java.util.List;

/**
 * What happens between the handshake and readiness, and which questions of the server are
 * answered. Empty templates and matchers are absent ones.
 *
 * @param timeout time in which all steps must be done; by default 30 seconds
 * @param steps steps, in order; by default none
 * @param autoReplies answers to questions of the server; by default none
 * @since 0.1
 */
public record SessionSettings(Duration timeout, List<Step> steps, List<AutoReply> autoReplies) {

	/** No steps, no replies. */
	public static final SessionSettings DEFAULTS = new SessionSettings(Duration.ofSeconds(30), List.of(), List.of());

	/**
	 * Copies the lists.
	 * @param timeout time in which all steps must be done
	 * @param steps steps, in order
	 * @param autoReplies answers to questions of the server
	 */
	public SessionSettings {
		steps = List.copyOf(steps);
		autoReplies = List.copyOf(autoReplies);
	}

	/**
	 * Return a copy with the given {@code timeout}.
	 * @param timeout time in which all steps must be done
	 * @return the copy
	 */
	public SessionSettings withTimeout(Duration timeout) {
		return new SessionSettings(timeout, this.steps, this.autoReplies);
	}

	/**
	 * Return a copy with the given {@code steps}.
	 * @param steps steps, in order
	 * @return the copy
	 */
	public SessionSettings withSteps(List<Step> steps) {
		return new SessionSettings(this.timeout, steps, this.autoReplies);
	}

	/**
	 * Return a copy with the given {@code auto-replies}.
	 * @param autoReplies answers to questions of the server
	 * @return the copy
	 */
	public SessionSettings withAutoReplies(List<AutoReply> autoReplies) {
		return new SessionSettings(this.timeout, this.steps, autoReplies);
	}

	/**
	 * One step: send something, wait for something, or both.
	 *
	 * @param send template of the text to send; empty to only wait
	 * @param await matcher of the answer; empty to not wait
	 * @param failOn answers that end the attempt
	 */
	public record Step(String send, String await, List<FailOn> failOn) {

		/**
		 * Copies the list.
		 * @param send template of the text to send; empty to only wait
		 * @param await matcher of the answer; empty to not wait
		 * @param failOn answers that end the attempt
		 */
		public Step {
			failOn = List.copyOf(failOn);
		}

		/** What is sent may be secret. */
		@Override
		public String toString() {
			return "Step[await=" + this.await + ", failOn=" + this.failOn + "]";
		}

	}

	/**
	 * An answer that ends the attempt.
	 *
	 * @param when matcher of the answer
	 * @param action what the client does then
	 */
	public record FailOn(String when, ReconnectAction action) {

		/** Action of an answer for which none is given. */
		public static final ReconnectAction DEFAULT_ACTION = ReconnectAction.REFRESH;

	}

	/**
	 * A question of the server and our answer.
	 *
	 * @param when matcher of the question
	 * @param send template of the answer
	 */
	public record AutoReply(String when, String send) {

		/** What is sent may be secret. */
		@Override
		public String toString() {
			return "AutoReply[when=" + this.when + "]";
		}

	}

}
