package io.github.resilientws.transport.spring;

import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.WebSocketSession;

/**
 * The closing handshake that the client begins. Confined to the client's executor.
 */
final class ClosingHandshake {

	private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

	private final WebSocketSession session;

	private final LoopExecutor executor;

	private final BooleanSupplier wanted;

	private final Runnable onClosed;

	/**
	 * Create a handshake.
	 * @param session the session
	 * @param executor the client's executor
	 * @param wanted whether the peer's close frame is still awaited
	 * @param onClosed called when it has arrived
	 */
	ClosingHandshake(WebSocketSession session, LoopExecutor executor, BooleanSupplier wanted, Runnable onClosed) {
		this.session = session;
		this.executor = executor;
		this.wanted = wanted;
		this.onClosed = onClosed;
	}

	/**
	 * Send a close frame after the pending messages.
	 * @param sender sends messages
	 * @param status code and reason
	 * @param waitNanos longest wait for the messages; then the rest is omitted
	 */
	void begin(SessionSender sender, CloseStatus status, long waitNanos) {
		this.executor.postLater(sender::cut, waitNanos);
		sender.afterwards(() -> {
			Sessions.close(this.session, status);
			// messages that arrived during the close go first
			sender.receive(this::awaitPeer);
		});
	}

	// no container signals the peer's close frame
	private void awaitPeer() {
		if (!this.wanted.getAsBoolean()) {
			return;
		}
		if (Sessions.isClosed(this.session)) {
			this.onClosed.run();
		}
		else {
			this.executor.postLater(this::awaitPeer, POLL_NANOS);
		}
	}

}
