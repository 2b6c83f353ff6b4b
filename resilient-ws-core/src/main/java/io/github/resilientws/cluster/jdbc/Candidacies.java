package io.github.resilientws.cluster.jdbc;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The candidates of this instance, by line. Confined to the thread of the election.
 */
final class Candidacies {

	private final Map<String, List<JdbcCandidacy>> members = new TreeMap<>();

	void add(String line, JdbcCandidacy candidacy) {
		this.members.computeIfAbsent(line, (name) -> new ArrayList<>()).add(candidacy);
	}

	void remove(String line, JdbcCandidacy candidacy) {
		List<JdbcCandidacy> present = this.members.get(line);
		if (present != null && present.remove(candidacy) && present.isEmpty()) {
			this.members.remove(line);
		}
	}

	void clear() {
		this.members.clear();
	}

	Collection<String> lines() {
		return this.members.keySet();
	}

	/**
	 * Return the candidate for a line.
	 * @param line name of the line
	 * @return the first one that has not left, or {@code null}
	 */
	@Nullable JdbcCandidacy find(String line) {
		for (JdbcCandidacy member : this.members.getOrDefault(line, List.of())) {
			if (!member.hasLeft()) {
				return member;
			}
		}
		return null;
	}

	/**
	 * Revoke ownerships whose lease has expired.
	 * @return how many others there are
	 */
	int revokeExpired() {
		int owned = 0;
		for (List<JdbcCandidacy> present : this.members.values()) {
			for (JdbcCandidacy member : present) {
				LeasedOwnership ownership = member.ownership();
				if (ownership == null || member.hasLeft()) {
					continue;
				}
				if (ownership.isHeld()) {
					owned++;
				}
				else {
					member.revoke("the lease has expired");
				}
			}
		}
		return owned;
	}

	void revokeAll(String reason) {
		stream().forEach((member) -> member.revoke(reason));
	}

	/**
	 * Return candidates whose state other instances do not know.
	 * @param limit the most that are returned
	 * @return owners of their lines
	 */
	List<JdbcCandidacy> findUnwritten(int limit) {
		return stream().filter((member) -> member.unwrittenState() != null).limit(limit).toList();
	}

	private Stream<JdbcCandidacy> stream() {
		return this.members.values().stream().flatMap(List::stream);
	}

}
