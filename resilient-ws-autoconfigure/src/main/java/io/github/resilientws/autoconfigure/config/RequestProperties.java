package io.github.resilientws.autoconfigure.config;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.settings.RequestSettings;

/**
 * Requests: messages that the server answers.
 *
 * @param send Template of the text message of a request; it has the id that the reply
 * repeats.
 * @param reply Format of replies.
 * @param error Format of refusals.
 * @param idType Kind of the ids of a connection.
 * @param timeout Time from the call to the reply, waiting included.
 * @param window Largest number of requests that are sent and not yet answered; 1 for one
 * at a time.
 */
public record RequestProperties(@Nullable String send, @Nullable Reply reply, @Nullable Refusal error,
		RequestSettings.@Nullable IdType idType, @Nullable Duration timeout, @Nullable Integer window) {

	// may hold secrets
	@Override
	public String toString() {
		return "RequestProperties";
	}

	/**
	 * Format of replies.
	 *
	 * @param when Matcher of a reply; if absent, every message that has the id of a
	 * request is one.
	 * @param id Locator of the id of the request.
	 * @param payload Locator of the result; the whole message if absent.
	 */
	public record Reply(@Nullable String when, @Nullable String id, @Nullable String payload) {

	}

	/**
	 * Format of refusals.
	 *
	 * @param when Matcher of a refusal, which precedes that of replies.
	 * @param id Locator of the id of the request; that of replies if absent.
	 * @param payload Locator of the content of the refusal; the whole message if absent.
	 */
	public record Refusal(@Nullable String when, @Nullable String id, @Nullable String payload) {

	}

}
