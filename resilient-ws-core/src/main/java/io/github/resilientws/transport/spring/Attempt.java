package io.github.resilientws.transport.spring;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.WebSocketHandler;
import org.springframework.web.socket.WebSocketSession;

import io.github.resilientws.settings.WebSocketUrl;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.NameLookups.Lookup;

/**
 * Connects through a {@code WebSocketClient}. An attempt that was given up leaves neither
 * a thread nor a session, in any order of events.
 */
final class Attempt {

	private final ConnectRequest request;

	private final Consumer<Throwable> onFailure;

	// written by the thread that connects, before the session opens
	private volatile Map<String, List<String>> responseHeaders = Map.of();

	// guarded by this
	private @Nullable Thread dialing;

	// guarded by this
	private @Nullable WebSocketSession session;

	// guarded by this
	private @Nullable Lookup lookup;

	// guarded by this
	private boolean abandoned;

	/**
	 * Create an attempt.
	 * @param request the URL and settings of the connection
	 * @param onFailure called on any thread if the attempt fails
	 */
	Attempt(ConnectRequest request, Consumer<Throwable> onFailure) {
		this.request = request;
		this.onFailure = onFailure;
	}

	/**
	 * The attempt waits for a look-up.
	 * @param lookup cancelled if the attempt is given up before it connects
	 */
	synchronized void await(Lookup lookup) {
		this.lookup = lookup;
	}

	/**
	 * Resolve the host, and connect if the client does so on the calling thread. May
	 * block.
	 * @param clients supplies the client
	 * @param handler receives the session
	 */
	void dial(Clients clients, WebSocketHandler handler) {
		try {
			if (begin()) {
				clients.forAttempt(this.request, (headers) -> this.responseHeaders = headers)
					.execute(handler, Clients.headers(this.request), WebSocketUrl.of(this.request.url()).toUri())
					.whenComplete((session, failure) -> {
						if (failure != null) {
							this.onFailure.accept(failure);
						}
					});
			}
		}
		catch (Throwable ex) {
			this.onFailure.accept(ex);
		}
		finally {
			end();
		}
	}

	private synchronized boolean begin() {
		this.dialing = Thread.currentThread();
		return !this.abandoned;
	}

	private synchronized void end() {
		this.dialing = null;
		// a late interrupt must not reach the next task of the thread
		Thread.interrupted();
	}

	/**
	 * The session is open.
	 * @param session the session
	 * @return {@code false} if the attempt was given up
	 */
	synchronized boolean opened(WebSocketSession session) {
		this.dialing = null;
		this.session = session;
		return !this.abandoned;
	}

	/**
	 * Return the headers of the answer.
	 * @return the headers, empty if the client does not know them
	 */
	Map<String, List<String>> responseHeaders() {
		return this.responseHeaders;
	}

	synchronized @Nullable WebSocketSession session() {
		return this.session;
	}

	/**
	 * Give up the attempt. Interrupts the thread that connects, which makes a container
	 * end the handshake.
	 * @return the session, if one is open
	 */
	synchronized @Nullable WebSocketSession abandon() {
		this.abandoned = true;
		if (this.lookup != null) {
			this.lookup.cancel();
		}
		if (this.dialing != null) {
			this.dialing.interrupt();
		}
		return this.session;
	}

}
