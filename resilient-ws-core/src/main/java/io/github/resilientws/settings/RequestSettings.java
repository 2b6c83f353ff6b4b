package io.github.resilientws.settings;

import java.time.Duration;

/**
 * Settings of requests: messages that the server answers.
 *
 * @param send template around a request, with {@code {{id}}}; empty for no requests; by
 * default empty
 * @param reply form of replies; by default none are recognised
 * @param error form of refusals; by default none are recognised
 * @param idType kind of the ids of a connection; by default {@code COUNTER}
 * @param timeout time from the call to the reply, waiting included; by default 10 seconds
 * @param window largest number of requests that were sent and not answered; 1 for one at
 * a time; by default 1000
 * @since 0.1
 */
public record RequestSettings(String send, Reply reply, Reply error, IdType idType, Duration timeout, int window) {

	/** No requests. */
	public static final RequestSettings DEFAULTS = new RequestSettings("", Reply.NONE, Reply.NONE, IdType.COUNTER,
			Duration.ofSeconds(10), 1000);

	/**
	 * Return a copy with the given {@code send}.
	 * @param send template around a request, with {@code {{id}}}; empty for no requests
	 * @return the copy
	 */
	public RequestSettings withSend(String send) {
		return new RequestSettings(send, this.reply, this.error, this.idType, this.timeout, this.window);
	}

	/**
	 * Return a copy with the given {@code reply}.
	 * @param reply form of replies
	 * @return the copy
	 */
	public RequestSettings withReply(Reply reply) {
		return new RequestSettings(this.send, reply, this.error, this.idType, this.timeout, this.window);
	}

	/**
	 * Return a copy with the given {@code error}.
	 * @param error form of refusals
	 * @return the copy
	 */
	public RequestSettings withError(Reply error) {
		return new RequestSettings(this.send, this.reply, error, this.idType, this.timeout, this.window);
	}

	/**
	 * Return a copy with the given {@code id-type}.
	 * @param idType kind of the ids of a connection
	 * @return the copy
	 */
	public RequestSettings withIdType(IdType idType) {
		return new RequestSettings(this.send, this.reply, this.error, idType, this.timeout, this.window);
	}

	/**
	 * Return a copy with the given {@code timeout}.
	 * @param timeout time from the call to the reply, waiting included
	 * @return the copy
	 */
	public RequestSettings withTimeout(Duration timeout) {
		return new RequestSettings(this.send, this.reply, this.error, this.idType, timeout, this.window);
	}

	/**
	 * Return a copy with the given {@code window}.
	 * @param window largest number of requests that were sent and not answered; 1 for one
	 * at a time
	 * @return the copy
	 */
	public RequestSettings withWindow(int window) {
		return new RequestSettings(this.send, this.reply, this.error, this.idType, this.timeout, window);
	}

	/**
	 * Return a copy that recognises these replies.
	 * @param when matcher; empty: any message whose id is that of a request
	 * @param id locator of the id
	 * @param payload locator of the result; empty for the whole message
	 * @return the copy
	 */
	public RequestSettings withReply(String when, String id, String payload) {
		return withReply(new Reply(when, id, payload));
	}

	/**
	 * Return a copy that recognises these refusals.
	 * @param when matcher
	 * @param id locator of the id; empty for that of replies
	 * @param payload locator of the content of the refusal; empty for the whole message
	 * @return the copy
	 */
	public RequestSettings withError(String when, String id, String payload) {
		return withError(new Reply(when, id, payload));
	}

	/** Return a description without the template, which may hold a secret. */
	@Override
	public String toString() {
		return "RequestSettings[idType=" + this.idType + ", timeout=" + this.timeout + ", window=" + this.window + "]";
	}

	/**
	 * Form of the answers to requests.
	 *
	 * @param when matcher of an answer; empty: any message whose id is that of a request
	 * @param id locator of the id of the request
	 * @param payload locator of the content; empty for the whole message
	 */
	public record Reply(String when, String id, String payload) {

		/** No answers. */
		public static final Reply NONE = new Reply("", "", "");

		/**
		 * Return a copy with the given {@code when}.
		 * @param when matcher of an answer
		 * @return the copy
		 */
		public Reply withWhen(String when) {
			return new Reply(when, this.id, this.payload);
		}

		/**
		 * Return a copy with the given {@code id}.
		 * @param id locator of the id of the request
		 * @return the copy
		 */
		public Reply withId(String id) {
			return new Reply(this.when, id, this.payload);
		}

		/**
		 * Return a copy with the given {@code payload}.
		 * @param payload locator of the content; empty for the whole message
		 * @return the copy
		 */
		public Reply withPayload(String payload) {
			return new Reply(this.when, this.id, payload);
		}

	}

	/**
	 * Kind of the ids of a connection.
	 */
	public enum IdType {

		/** 1, 2, 3 and so on, on each connection; a JSON number. */
		COUNTER,

		/** A time-ordered UUID (RFC 9562, version 7); a JSON string. */
		UUID

	}

}
