package io.github.resilientws.autoconfigure.config;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Questions of the server, which listeners answer.
 *
 * @param when Matcher of a question.
 * @param reply Template of the answer; the payload is what the listener returned.
 * @param error Template of the answer if a listener failed or was too late; without it
 * nothing is sent.
 * @param unhandled Template of the answer if no listener method matched; that of error if
 * absent.
 * @param timeout Time from the arrival of a question to its answer.
 */
public record InboundRequestProperties(@Nullable String when, @Nullable String reply, @Nullable String error,
		@Nullable String unhandled, @Nullable Duration timeout) {

	// may hold secrets
	@Override
	public String toString() {
		return "InboundRequestProperties";
	}

}
