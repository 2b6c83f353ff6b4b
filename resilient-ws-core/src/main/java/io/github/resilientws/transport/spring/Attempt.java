package io.github.resilientws.transport.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.WebSocketSession;

import io.github.resilientws.transport.NameLookups.Lookup;

/**
 * Makes sure that an attempt that was given up leaves neither a thread nor a session, in
 * any order of events.
 */
final class Attempt {

	// guarded by this
	private @Nullable Thread dialing;

	// guarded by this
	private @Nullable WebSocketSession session;

	// guarded by this
	private @Nullable Lookup lookup;

	// guarded by this
	private boolean abandoned;

	/**
	 * The attempt waits for a look-up.
	 * @param lookup cancelled if the attempt is given up before it connects
	 */
	synchronized void await(Lookup lookup) {
		this.lookup = lookup;
	}

	/**
	 * The caller is about to connect.
	 * @return {@code false} if the attempt was given up
	 */
	synchronized boolean begin() {
		this.dialing = Thread.currentThread();
		return !this.abandoned;
	}

	/** The caller has connected or failed to connect. */
	synchronized void end() {
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
