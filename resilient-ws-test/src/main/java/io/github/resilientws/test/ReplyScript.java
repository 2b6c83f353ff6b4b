package io.github.resilientws.test;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Scripts the answers to the texts that {@link TestWebSocketServer#on(Predicate)} chose.
 *
 * <pre>{@code
 * server.on("/type = login").reply("{\"type\":\"welcome\",\"user\":{{user}}}");
 * }</pre>
 *
 * @since 0.1
 */
public final class ReplyScript {

	private final Predicate<String> when;

	private final ReplyRules replies;

	private final TestWebSocketServer server;

	ReplyScript(Predicate<String> when, ReplyRules replies, TestWebSocketServer server) {
		this.when = when;
		this.replies = replies;
		this.server = server;
	}

	/**
	 * Reply with a text.
	 * @param template the text, a template as in configuration: {@code {{id}}} stands for
	 * the field {@code id} of the JSON object that is answered; {@code {{uuid}}} and
	 * {@code {{now}}} are built in
	 * @return the server
	 * @throws io.github.resilientws.settings.InvalidSettingException if the template is
	 * wrong
	 */
	public TestWebSocketServer reply(String template) {
		ReplyTemplate reply = new ReplyTemplate(template);
		return reply(reply::render);
	}

	/**
	 * Reply with a text that depends on the received one.
	 * @param reply creates the text
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
	 * Do not answer, even if a later rule would.
	 * @return the server
	 */
	public TestWebSocketServer ignore() {
		return then((peer, received) -> {
		});
	}

	/**
	 * Run an action on the connection.
	 * @param action called on the connection's thread with the connection and the text
	 * @return the server
	 */
	public TestWebSocketServer then(BiConsumer<Peer, String> action) {
		this.replies.add(this.when, action);
		return this.server;
	}

}
