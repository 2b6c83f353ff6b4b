package io.github.resilientws.transport.spring;

import org.jspecify.annotations.Nullable;
import org.springframework.web.socket.WebSocketSession;

import io.github.resilientws.transport.NameLookups.Lookup;

/**
 * Sees to it that an attempt that was given up leaves neither a thread nor a session
 * behind, whoever comes first.
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
	 * @param lookup cancelled if the attempt is given up before it begins to dial
	 */
	synchronized void await(Lookup lookup) {
		this.lookup = lookup;
	}

	/**
	 * The caller is about to dial.
	 * @return {@code false} if it need not any more
	 */
	synchronized boolean begin() {
		this.dialing = Thread.currentThread();
		return !this.abandoned;
	}

	/** The caller has dialed, well or not. */
	synchronized void end() {
		this.dialing = null;
		// a late interrupt must not reach whatever the thread does next
		Thread.interrupted();
	}

	/**
	 * There is a session.
	 * @param session the session
	 * @return {@code false} if nobody wants it any more
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
	 * Give up. Wakes the thread that dials: a container ends the handshake then.
	 * @return the session, if there is one
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
