package io.github.resilientws.transport.spring;

import java.nio.ByteBuffer;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PongMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * Called by the container's threads; passes all signals on to the client's executor.
 * Never throws, because an exception would close the session.
 */
final class SessionHandler implements WebSocketHandler {

	private final SpringConnection connection;

	private final ReadGate gate;

	private final MessageParts parts;

	// confined to the container's thread of the connection
	private boolean tooLarge;

	SessionHandler(SpringConnection connection, ReadGate gate, int maxMessageSize) {
		this.connection = connection;
		this.gate = gate;
		this.parts = new MessageParts(maxMessageSize);
	}

	@Override
	public boolean supportsPartialMessages() {
		return true;
	}

	@Override
	public void afterConnectionEstablished(WebSocketSession session) {
		this.connection.established(session);
	}

	@Override
	public void handleMessage(WebSocketSession session, WebSocketMessage<?> message) {
		if (this.tooLarge || !this.gate.await()) {
			return;
		}
		if (message instanceof PongMessage pong) {
			ByteBuffer payload = copyOf(pong.getPayload());
			pass(payload.remaining(), () -> this.connection.pong(payload));
		}
		else if (message instanceof TextMessage text) {
			receive(this.parts.add(text.getPayload()), text.isLast(), true);
		}
		else if (message instanceof BinaryMessage binary) {
			receive(this.parts.add(binary.getPayload()), binary.isLast(), false);
		}
	}

	private void receive(boolean fits, boolean last, boolean isText) {
		if (!fits) {
			this.tooLarge = true;
			this.connection.receive(this.connection::tooLarge);
		}
		else if (!last) {
			this.connection.receive(this.connection::bytesRead);
		}
		else {
			int size = this.parts.size();
			if (isText) {
				String text = this.parts.takeText();
				pass(size, () -> this.connection.text(text));
			}
			else {
				ByteBuffer bytes = this.parts.takeBytes();
				pass(size, () -> this.connection.binary(bytes));
			}
		}
	}

	private void pass(int size, Runnable signal) {
		this.gate.entered(size);
		this.connection.receive(() -> {
			this.gate.left(size);
			signal.run();
		});
	}

	@Override
	public void handleTransportError(WebSocketSession session, Throwable exception) {
		// the container reports the end of the connection separately
	}

	@Override
	public void afterConnectionClosed(WebSocketSession session, CloseStatus status) {
		this.connection.closedByContainer(status);
	}

	private static ByteBuffer copyOf(ByteBuffer payload) {
		byte[] copy = new byte[payload.remaining()];
		payload.get(copy);
		return ByteBuffer.wrap(copy);
	}

}
