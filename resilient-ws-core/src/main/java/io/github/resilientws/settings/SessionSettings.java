package io.github.resilientws.settings;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Settings of the session: the steps between the handshake and {@code READY}, and the
 * automatic answers to questions of the server. Empty templates and matchers count as
 * absent.
 *
 * @param timeout time in which all steps must be done; by default 30 seconds
 * @param steps steps, in order; by default none
 * @param autoReplies answers to questions of the server; by default none
 * @param captures values for templates that messages of the server tell, by name; by
 * default none
 * @since 0.1
 */
public record SessionSettings(Duration timeout, List<Step> steps, List<AutoReply> autoReplies,
		Map<String, Capture> captures) {

	/** No steps, no replies. */
	public static final SessionSettings DEFAULTS = new SessionSettings(Duration.ofSeconds(30), List.of(), List.of());

	/**
	 * Copies the lists and the map.
	 * @param timeout time in which all steps must be done
	 * @param steps steps, in order
	 * @param autoReplies answers to questions of the server
	 * @param captures values that messages of the server tell, by name
	 */
	public SessionSettings {
		steps = List.copyOf(steps);
		autoReplies = List.copyOf(autoReplies);
		captures = Map.copyOf(captures);
	}

	/**
	 * Create settings that keep nothing of what the server tells.
	 * @param timeout time in which all steps must be done
	 * @param steps steps, in order
	 * @param autoReplies answers to questions of the server
	 */
	public SessionSettings(Duration timeout, List<Step> steps, List<AutoReply> autoReplies) {
		this(timeout, steps, autoReplies, Map.of());
	}

	/**
	 * Return a copy with the given {@code timeout}.
	 * @param timeout time in which all steps must be done
	 * @return the copy
	 */
	public SessionSettings withTimeout(Duration timeout) {
		return new SessionSettings(timeout, this.steps, this.autoReplies, this.captures);
	}

	/**
	 * Return a copy with the given {@code steps}.
	 * @param steps steps, in order
	 * @return the copy
	 */
	public SessionSettings withSteps(List<Step> steps) {
		return new SessionSettings(this.timeout, steps, this.autoReplies, this.captures);
	}

	/**
	 * Return a copy with the given {@code auto-replies}.
	 * @param autoReplies answers to questions of the server
	 * @return the copy
	 */
	public SessionSettings withAutoReplies(List<AutoReply> autoReplies) {
		return new SessionSettings(this.timeout, this.steps, autoReplies, this.captures);
	}

	/**
	 * Return a copy with the given {@code captures}.
	 * @param captures values that messages of the server tell, by name
	 * @return the copy
	 */
	public SessionSettings withCaptures(Map<String, Capture> captures) {
		return new SessionSettings(this.timeout, this.steps, this.autoReplies, captures);
	}

	/**
	 * A value for templates that messages of the server tell. The last one counts, over
	 * reconnects, too.
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
	 */
	public record Step(String send, String await, List<FailOn> failOn) {

		/**
		 * Copies the list.
		 * @param send template of the text to send; empty if the step only waits
		 * @param await matcher of the answer; empty if the step does not wait
		 * @param failOn answers that end the attempt
		 */
		public Step {
			failOn = List.copyOf(failOn);
		}

		/** Return a description without the text to send, which may hold a secret. */
		@Override
		public String toString() {
			return "Step[await=" + this.await + ", failOn=" + this.failOn + "]";
		}

	}

	/**
	 * An answer that ends the attempt.
	 *
	 * @param when matcher of the answer
	 * @param action action of the client; by default {@code REFRESH}
	 */
	public record FailOn(String when, ReconnectAction action) {

		/** Default action. */
		public static final ReconnectAction DEFAULT_ACTION = ReconnectAction.REFRESH;

	}

	/**
	 * A question of the server, and the answer of the client.
	 *
	 * @param when matcher of the question
	 * @param send template of the answer
	 */
	public record AutoReply(String when, String send) {

		/** Return a description without the text to send, which may hold a secret. */
		@Override
		public String toString() {
			return "AutoReply[when=" + this.when + "]";
		}

	}

}
