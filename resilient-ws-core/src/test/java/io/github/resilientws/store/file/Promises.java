package io.github.resilientws.store.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The reports of a {@link StoreProcess} before it ended.
 */
final class Promises {

	/**
	 * Accepted records whose removal was not requested, with the line that reported them.
	 */
	private final Map<Long, Integer> kept = new LinkedHashMap<>();

	/** Removed before an append of the same sender was done. */
	private final Set<Long> removed = new HashSet<>();

	private final Map<String, List<Long>> removing = new HashMap<>();

	private int accepted;

	private int lines;

	/**
	 * Read until the process ends.
	 * @param reader its output
	 * @throws IOException if it cannot be read
	 */
	void read(BufferedReader reader) throws IOException {
		String line;
		while ((line = reader.readLine()) != null) {
			String[] parts = line.split(" ");
			if (parts.length == 3) {
				read(parts[0], parts[1], Long.parseLong(parts[2]));
			}
		}
		this.removing.clear();
	}

	/**
	 * Read until the process ends, on a thread of its own.
	 * @param reader its output
	 */
	void readAll(BufferedReader reader) {
		try {
			read(reader);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private synchronized void read(String what, String sender, long position) {
		this.lines++;
		List<Long> waiting = this.removing.computeIfAbsent(sender, (key) -> new ArrayList<>());
		if (what.equals("A")) {
			this.accepted++;
			this.kept.put(position, this.lines);
			this.removed.addAll(waiting);
			waiting.clear();
		}
		else {
			this.kept.remove(position);
			waiting.add(position);
		}
	}

	Map<Long, Integer> kept() {
		return this.kept;
	}

	Set<Long> removed() {
		return this.removed;
	}

	synchronized int accepted() {
		return this.accepted;
	}

}
