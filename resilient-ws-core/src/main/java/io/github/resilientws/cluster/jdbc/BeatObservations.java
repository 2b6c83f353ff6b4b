package io.github.resilientws.cluster.jdbc;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Finds instances whose heartbeat does not change. Only the monotonic time of this
 * instance counts; an instance is silent if no look failed while its beat was the same.
 */
final class BeatObservations {

	private final long leaseNanos;

	private Map<String, Observation> observations = new HashMap<>();

	private long lookedAt;

	BeatObservations(long leaseNanos) {
		this.leaseNanos = leaseNanos;
	}

	/**
	 * Process the result of a look.
	 * @param instances the other instances
	 * @param now the monotonic time after the look
	 * @return the instances whose beat has not changed for the time of a lease
	 */
	List<InstanceRow> update(Collection<InstanceRow> instances, long now) {
		// a database that answers late, or a pause of this JVM, is no silence of others
		if (now - this.lookedAt > this.leaseNanos / 2) {
			clear();
		}
		this.lookedAt = now;
		Map<String, Observation> previous = this.observations;
		this.observations = new HashMap<>();
		for (InstanceRow row : instances) {
			Observation known = previous.get(row.instance());
			this.observations.put(row.instance(),
					(known != null && known.beat == row.beat()) ? known : new Observation(row.beat(), now));
		}
		return instances.stream().filter((row) -> isSilent(this.observations.get(row.instance()), now)).toList();
	}

	private boolean isSilent(@Nullable Observation observation, long now) {
		return observation != null && now - observation.since >= this.leaseNanos;
	}

	/** Begin again, because a look failed. */
	void clear() {
		this.observations.clear();
	}

	private record Observation(long beat, long since) {

	}

}
