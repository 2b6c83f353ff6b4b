package io.github.resilientws.transport;

import io.github.resilientws.transport.RawServer.Script;

/**
 * A server that breaks the rules on one connection, and what has to come of it.
 *
 * @param name what it does
 * @param script what it does in full: the opening handshake and what follows
 * @param expected see {@link WireVictim}
 * @param compression whether the client offers compression
 * @param heavy whether it also runs in a small heap
 */
record WireCase(String name, Script script, String expected, boolean compression, boolean heavy) {

	static final String SENTINEL = "still here";

	/** The messages arrived, and those after them. */
	static final String OPEN = "open, messages ";

	static WireCase answer(String name, String expected, Script script) {
		return new WireCase(name, script, expected, false, false);
	}

	static WireCase frames(String name, String expected, byte[]... frames) {
		return new WireCase(name, (peer) -> {
			peer.accept();
			peer.raw(frames);
			peer.raw(RawServer.Peer.text(SENTINEL));
		}, expected, false, false);
	}

	static WireCase stream(String name, String expected, Script frames) {
		return new WireCase(name, (peer) -> {
			peer.accept();
			frames.run(peer);
			peer.raw(RawServer.Peer.text(SENTINEL));
		}, expected, false, true);
	}

	static WireCase compressed(String name, String expected, byte[]... frames) {
		return new WireCase(name, (peer) -> {
			peer.accept("Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover\r\n");
			peer.raw(frames);
			peer.raw(RawServer.Peer.text(SENTINEL));
		}, expected, true, false);
	}

	WireCase asHeavy() {
		return new WireCase(this.name, this.script, this.expected, this.compression, true);
	}

	WireCase withCompression() {
		return new WireCase(this.name, this.script, this.expected, true, this.heavy);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
