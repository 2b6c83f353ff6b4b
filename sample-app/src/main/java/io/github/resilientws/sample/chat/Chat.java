package io.github.resilientws.sample.chat;

import java.time.Clock;
import java.util.UUID;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.WebSocketListener;
import io.github.resilientws.event.WebSocketReadyEvent;
import io.github.resilientws.sample.chat.ChatLine.Status;

/**
 * The chat: sends lines, also while the line is down, and listens. A line may be lost if
 * its connection dies after the write. So the chat sends lines again that did not come
 * back; the server recognises a line by its id.
 */
@Component
public class Chat {

	private static final String ROOM = "lobby";

	private static final String ME = "you";

	private final ResilientWebSocketClient client;

	private final ChatHistory history;

	private final Clock clock;

	Chat(@WebSocketClientName("chat") ResilientWebSocketClient client, ChatHistory history, Clock clock) {
		this.client = client;
		this.history = history;
		this.clock = clock;
	}

	/**
	 * Send a line. It waits in the outbox while the client is not ready.
	 * @param text text of the line
	 * @return the line with its present status
	 */
	public ChatLine say(String text) {
		ChatLine line = new ChatLine(UUID.randomUUID().toString(), ME, text, this.clock.instant(), Status.WAITING, 1);
		this.history.add(line);
		send(line);
		return line;
	}

	private void send(ChatLine line) {
		ChatMessage message = new ChatMessage("message", ROOM, line.from(), line.text(), line.id());
		this.client.convertAndSend(message, (outbound) -> outbound.withId(line.id()))
			.whenComplete((delivery, ex) -> leftOutbox(line.id(), (ex != null) ? Status.HELD : Status.SENT));
	}

	private void leftOutbox(String id, Status status) {
		this.history.update(id, (line) -> (line.status() != Status.ARRIVED) ? line.withStatus(status) : line);
	}

	@WebSocketListener(client = "chat", when = "/type = message")
	void received(ChatMessage message) {
		if (!this.history.update(message.id(), (line) -> line.withStatus(Status.ARRIVED))) {
			this.history.add(new ChatLine(message.id(), message.from(), message.text(), this.clock.instant(),
					Status.ARRIVED, 0));
		}
	}

	@EventListener(condition = "#event.clientName == 'chat'")
	void ready(WebSocketReadyEvent event) {
		for (ChatLine line : this.history.lines()) {
			if (line.status() == Status.SENT || line.status() == Status.HELD) {
				this.history.update(line.id(), ChatLine::sentAgain);
				send(line);
			}
		}
	}

}
