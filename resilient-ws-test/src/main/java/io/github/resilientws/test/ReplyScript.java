package io.github.resilientws.test;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Says what is answered to the texts that {@link TestWebSocketServer#on(Predicate)}
 * chose.
 */
public final class ReplyScript {

	private final Predicate<String> when;

	private final Replies replies;

	private final TestWebSocketServer server;

	ReplyScript(Predicate<String> when, Replies replies, TestWebSocketServer server) {
		this.when = when;
		this.replies = replies;
		this.server = server;
	}

	/**
	 * Reply with a text.
	 * @param template the text, a template as in configuration: {@code {{id}}} stands for
	 * the field {@code id} of the JSON object that is answered, {@code {{uuid}}} and
	 * {@code {{now}}} have values of their own
	 * @return the server
	 * @throws io.github.resilientws.settings.InvalidSettingException if the template is
	 * wrong
	 */
	public TestWebSocketServer reply(String template) {
		ReplyTemplate reply = new ReplyTemplate(template);
		return reply(reply::render);
	}

	/**
	 * Reply with a text made of what was received.
	 * @param reply makes the text
	 * @return the server
	 */
	public TestWebSocketServer reply(Function<String, String> reply) {
		return then((peer, received) -> peer.push(reply.apply(received)));
	}

	/**
	 * Close the connection.
	 * @param code close code
	 * @param reason reason
	 * @return the server
	 */
	public TestWebSocketServer close(int code, String reason) {
		return then((peer, received) -> peer.close(code, reason));
	}

	/**
	 * Do not answer, whatever later rules say.
	 * @return the server
	 */
	public TestWebSocketServer ignore() {
		return then((peer, received) -> {
		});
	}

	/**
	 * Do anything to the connection.
	 * @param action called on the connection's thread with the connection and the text
	 * @return the server
	 */
	public TestWebSocketServer then(BiConsumer<Peer, String> action) {
		this.replies.add(this.when, action);
		return this.server;
	}

}
