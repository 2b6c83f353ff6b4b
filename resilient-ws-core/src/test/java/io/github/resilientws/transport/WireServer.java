package io.github.resilientws.transport;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.resilientws.transport.RawServer.Frame;
import io.github.resilientws.transport.RawServer.Peer;

/**
 * Plays a {@link WireCase} on its first connection and is well behaved on all others.
 */
final class WireServer implements AutoCloseable {

	private final RawServer server;

	private final AtomicInteger connections = new AtomicInteger();

	private final List<String> texts = new CopyOnWriteArrayList<>();

	private final CompletableFuture<Integer> closeCode = new CompletableFuture<>();

	WireServer(WireCase wireCase) throws IOException {
		this.server = new RawServer((peer) -> {
			if (this.connections.incrementAndGet() == 1) {
				play(wireCase, peer);
			}
			else {
				peer.accept();
				peer.raw(Peer.text("{\"type\":\"welcome\"}"));
				Frame frame = peer.read();
				while (frame.opcode() != 8) {
					peer.raw(Peer.text("{\"type\":\"PONG\"}"));
					frame = peer.read();
				}
				peer.raw(Peer.frame(0x88, frame.payload()));
			}
		});
	}

	private void play(WireCase wireCase, Peer peer) throws Exception {
		try {
			wireCase.script().run(peer);
		}
		catch (IOException ex) {
			// the client has had enough
		}
		try {
			for (Frame frame = peer.read();; frame = peer.read()) {
				if (frame.opcode() == 8) {
					byte[] payload = frame.payload();
					this.closeCode.complete((payload.length < 2) ? 1005 : (payload[0] & 0xFF) << 8 | payload[1] & 0xFF);
					peer.raw(Peer.frame(0x88, payload));
					return;
				}
				this.texts.add(frame.text());
			}
		}
		catch (IOException ex) {
			this.closeCode.complete(1006);
		}
	}

	URI url() {
		return this.server.url();
	}

	/**
	 * Return the close code that the client sent.
	 * @return the code, 1005 for none in the frame, 1006 for no frame
	 */
	CompletableFuture<Integer> closeCode() {
		return this.closeCode;
	}

	List<String> texts() {
		return this.texts;
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
