package io.github.resilientws.cluster.jdbc;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.resilientws.cluster.Ownership;

/**
 * Looks all the time whether two ownerships of a line are held at once.
 */
final class OwnershipMonitor implements AutoCloseable {

	private final List<String> overlaps = new CopyOnWriteArrayList<>();

	private final List<RecordingCandidate> candidates;

	private final Thread thread = new Thread(this::run, "ownership-monitor");

	private volatile boolean closed;

	private volatile long samples;

	OwnershipMonitor(List<RecordingCandidate> candidates) {
		this.candidates = candidates;
		this.thread.setDaemon(true);
		this.thread.start();
	}

	private void run() {
		long count = 0;
		while (!this.closed) {
			List<Ownership> held = this.candidates.stream()
				.flatMap((candidate) -> candidate.granted().stream())
				.filter(Ownership::isHeld)
				.toList();
			// an ownership that ended is never held again, so this one was held all the
			// time
			if (held.size() > 1 && held.get(0).isHeld()) {
				this.overlaps.add(held.stream().map(Ownership::getFence).toList().toString());
			}
			this.samples = ++count;
			Thread.yield();
		}
	}

	long samples() {
		return this.samples;
	}

	List<String> overlaps() {
		return this.overlaps;
	}

	@Override
	public void close() {
		this.closed = true;
	}

}
