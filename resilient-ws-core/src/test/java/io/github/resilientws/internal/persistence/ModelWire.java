package io.github.resilientws.internal.persistence;

import java.io.IOException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.resilientws.test.ScriptedConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What one connection carried.
 */
final class ModelWire {

	final ScriptedConnection connection;

	// what may be handed over
	private final Collection<ModelMessage> live;

	final Set<String> ids = new HashSet<>();

	private int seen;

	private int heldFrom = -1;

	private long newest = -1;

	ModelWire(ScriptedConnection connection, Collection<ModelMessage> live) {
		this.connection = connection;
		this.live = live;
	}

	void look() {
		List<String> frames = this.connection.sentTexts();
		for (String frame : frames.subList(this.seen, frames.size())) {
			ModelMessage message = this.live.stream().filter((one) -> one.frame.equals(frame)).findAny().orElse(null);
			assertThat(message).as("not to be sent: %s; there are %s", frame, this.live).isNotNull();
			message.possible++;
			message.certain += (this.heldFrom < 0) ? 1 : 0;
			if (this.ids.add(message.id)) {
				assertThat(message.order).as("order of %s", frame).isGreaterThan(this.newest);
				this.newest = message.order;
			}
		}
		this.seen = frames.size();
	}

	void hold() {
		if (this.heldFrom < 0) {
			look();
			this.heldFrom = this.seen;
			this.connection.holdWrites();
		}
	}

	void release() {
		if (this.heldFrom >= 0) {
			look();
			went(this.seen - this.heldFrom);
			this.heldFrom = -1;
			this.connection.releaseWrites();
		}
	}

	void lose(int written, int started) {
		look();
		if (this.heldFrom >= 0 && this.seen > this.heldFrom) {
			int size = firstHeld();
			int done = written % (size + 1);
			int begun = done + started % (size - done + 1);
			went(begun);
			this.connection.failHeldWrite(done, begun, new IOException("broken pipe"));
		}
		this.connection.lose(1006);
	}

	private int firstHeld() {
		int start = 0;
		for (int size : this.connection.writeSizes()) {
			if (start >= this.heldFrom) {
				return size;
			}
			start += size;
		}
		throw new IllegalStateException("nothing is held");
	}

	private void went(int frames) {
		List<String> held = this.connection.sentTexts().subList(this.heldFrom, this.heldFrom + frames);
		this.live.stream()
			.filter((message) -> held.contains(message.frame))
			.forEach((message) -> message.certain = Math.min(message.possible, message.certain + 1));
	}

}
