package io.github.resilientws.settings;

import java.time.Duration;

/**
 * Settings of questions of the server, which {@code @WebSocketListener} methods answer.
 * Empty templates and matchers count as absent.
 *
 * @param when matcher of a question; by default empty: there are no questions
 * @param reply template of the answer, with {@code {{payload}}}; by default empty
 * @param error template of the answer if a listener failed or was too late, with
 * {@code {{error}}}; empty to send nothing; by default empty
 * @param unhandled template of the answer if no listener method matched; empty for that
 * of {@code error}; by default empty
 * @param timeout time from the arrival of a question to its answer; by default 30 seconds
 * @since 0.1
 */
public record InboundRequestSettings(String when, String reply, String error, String unhandled, Duration timeout) {

	/** No questions. */
	public static final InboundRequestSettings DEFAULTS = new InboundRequestSettings("", "", "", "",
			Duration.ofSeconds(30));

	/**
	 * Return a copy with the given {@code when}.
	 * @param when matcher of a question
	 * @return the copy
	 */
	public InboundRequestSettings withWhen(String when) {
		return new InboundRequestSettings(when, this.reply, this.error, this.unhandled, this.timeout);
	}

	/**
	 * Return a copy with the given {@code reply}.
	 * @param reply template of the answer
	 * @return the copy
	 */
	public InboundRequestSettings withReply(String reply) {
		return new InboundRequestSettings(this.when, reply, this.error, this.unhandled, this.timeout);
	}

	/**
	 * Return a copy with the given {@code error}.
	 * @param error template of the answer if a listener failed or was too late; empty to
	 * send nothing
	 * @return the copy
	 */
	public InboundRequestSettings withError(String error) {
		return new InboundRequestSettings(this.when, this.reply, error, this.unhandled, this.timeout);
	}

	/**
	 * Return a copy with the given {@code unhandled}.
	 * @param unhandled template of the answer if no listener method matched; empty for
	 * that of {@code error}
	 * @return the copy
	 */
	public InboundRequestSettings withUnhandled(String unhandled) {
		return new InboundRequestSettings(this.when, this.reply, this.error, unhandled, this.timeout);
	}

	/**
	 * Return a copy with the given {@code timeout}.
	 * @param timeout time from the arrival of a question to its answer
	 * @return the copy
	 */
	public InboundRequestSettings withTimeout(Duration timeout) {
		return new InboundRequestSettings(this.when, this.reply, this.error, this.unhandled, timeout);
	}

	/** Return a description without the templates, which may hold secrets. */
	@Override
	public String toString() {
		return "InboundRequestSettings[timeout=" + this.timeout + "]";
	}

}
