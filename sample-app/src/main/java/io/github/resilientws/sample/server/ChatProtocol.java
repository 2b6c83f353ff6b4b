package io.github.resilientws.sample.server;

import java.util.Map;

import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The server's side of the chat protocol: log in, join a room, then exchange messages.
 */
@Component
class ChatProtocol {

	private final JsonMapper json;

	private final Tokens tokens;

	private final Rooms rooms;

	private final OrderBook orders;

	ChatProtocol(JsonMapper json, Tokens tokens, Rooms rooms, OrderBook orders) {
		this.json = json;
		this.tokens = tokens;
		this.rooms = rooms;
		this.orders = orders;
	}

	Session newSession(DemoConnection connection) {
		return new Session(connection);
	}

	/**
	 * One log-in. Used by the reading thread of its connection.
	 */
	final class Session {

		private final DemoConnection connection;

		private boolean authenticated;

		private Session(DemoConnection connection) {
			this.connection = connection;
		}

		void handle(String text) {
			JsonNode message;
			try {
				message = ChatProtocol.this.json.readTree(text);
			}
			catch (JacksonException ex) {
				this.connection.close(1007, "not JSON");
				return;
			}
			String type = message.path("type").asString("");
			if (type.equals("AUTH")) {
				this.authenticated = ChatProtocol.this.tokens.redeem(message.path("token").asString(""));
				reply(Map.of("type", this.authenticated ? "AUTH_OK" : "AUTH_FAILED"));
			}
			else if (!this.authenticated) {
				this.connection.close(4401, "log in first");
			}
			else {
				handleAuthenticated(type, message, text);
			}
		}

		private void handleAuthenticated(String type, JsonNode message, String text) {
			switch (type) {
				case "JOIN" -> {
					String room = message.path("room").asString("");
					this.connection.join(room);
					reply(Map.of("type", "JOINED", "room", room));
				}
				case "PING" -> reply(Map.of("type", "PONG"));
				case "message" -> {
					// the other members already received a repeated line
					if (ChatProtocol.this.rooms.isNew(message.path("id").asString(""))) {
						ChatProtocol.this.rooms.broadcast(message.path("room").asString(""), text);
					}
					else {
						this.connection.send(Frame.text(text));
					}
				}
				default -> takeOrder(message);
			}
		}

		private void takeOrder(JsonNode message) {
			String id = message.path("id").asString("");
			if (id.isEmpty() || !message.path("data").path("type").asString("").equals("order")) {
				reply(Map.of("type", "error", "text", "unknown type"));
				return;
			}
			ChatProtocol.this.orders.take(id);
			// also for a repeated order: the earlier acknowledgement may be lost
			this.connection.acknowledge(frame(Map.of("type", "ack", "messageId", id)));
		}

		private void reply(Map<String, String> message) {
			this.connection.send(frame(message));
		}

		private Frame frame(Map<String, String> message) {
			return Frame.text(ChatProtocol.this.json.writeValueAsString(message));
		}

	}

}
