package io.github.resilientws.sample.view;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import io.github.resilientws.ConnectionState;

/**
 * The last 300 entries of the timeline. Any thread may use it.
 */
@Component
class Timeline {

	private static final int CAPACITY = 300;

	private final Deque<TimelineEntry> entries = new ArrayDeque<>();

	private final EventStream stream;

	private final Clock clock;

	private long number;

	Timeline(EventStream stream, Clock clock) {
		this.stream = stream;
		this.clock = clock;
	}

	synchronized List<TimelineEntry> entries() {
		return List.copyOf(this.entries);
	}

	synchronized void add(String client, @Nullable ConnectionState to, String text) {
		TimelineEntry entry = new TimelineEntry(++this.number, this.clock.instant(), client, to, text);
		if (this.entries.size() >= CAPACITY) {
			this.entries.removeFirst();
		}
		this.entries.addLast(entry);
		this.stream.publish("entry", entry);
	}

}
