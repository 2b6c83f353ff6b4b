package io.github.resilientws.autoconfigure.cluster;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationListener;
import org.springframework.integration.leader.Context;
import org.springframework.integration.leader.event.AbstractLeaderEvent;
import org.springframework.integration.leader.event.OnGrantedEvent;
import org.springframework.integration.leader.event.OnRevokedEvent;

import io.github.resilientws.cluster.Candidacy;
import io.github.resilientws.cluster.LineElection;
import io.github.resilientws.cluster.Ownership;

/**
 * An election that obeys the leader events of Spring Integration: the leader of a role
 * owns the lines of that role. The name of a line is that of its role.
 */
final class EventElection implements LineElection, ApplicationListener<AbstractLeaderEvent> {

	private static final Log logger = LogFactory.getLog(EventElection.class);

	// events may precede the clients
	private final Map<String, Role> roles = new ConcurrentHashMap<>();

	@Override
	public Candidacy join(String role, Candidate candidate) {
		return role(role).join(candidate);
	}

	@Override
	public void onApplicationEvent(AbstractLeaderEvent event) {
		if (event instanceof OnGrantedEvent) {
			role(event.getRole()).granted(event.getContext());
		}
		else if (event instanceof OnRevokedEvent) {
			role(event.getRole()).revoked();
		}
	}

	private Role role(String name) {
		return this.roles.computeIfAbsent(name, Role::new);
	}

	private static final class Role {

		private final String name;

		/** Guarded by this. */
		private final Set<Candidate> candidates = new LinkedHashSet<>();

		/** Of this instance, while it is the leader; guarded by this. */
		private @Nullable Leadership leadership;

		Role(String name) {
			this.name = name;
		}

		synchronized Candidacy join(Candidate candidate) {
			this.candidates.add(candidate);
			Leadership present = this.leadership;
			if (present != null) {
				candidate.onGranted(present);
			}
			return new Participation(this, candidate);
		}

		synchronized void granted(Context context) {
			Leadership present = this.leadership;
			if (present != null && present.isHeld()) {
				return;
			}
			revoked();
			Leadership next = new Leadership(context);
			this.leadership = next;
			this.candidates.forEach((candidate) -> candidate.onGranted(next));
		}

		synchronized void revoked() {
			Leadership ended = this.leadership;
			if (ended != null) {
				this.leadership = null;
				ended.end();
				this.candidates.forEach((candidate) -> candidate.onRevoked(ended));
			}
		}

		// another instance can take over only the whole role
		void leave(Candidate candidate) {
			Leadership yielded;
			synchronized (this) {
				boolean last = this.candidates.remove(candidate) && this.candidates.isEmpty();
				yielded = last ? this.leadership : null;
			}
			if (yielded != null) {
				yielded.yield(this.name);
			}
		}

	}

	private static final class Leadership implements Ownership {

		private final Context context;

		private volatile boolean ended;

		Leadership(Context context) {
			this.context = context;
		}

		@Override
		public long getFence() {
			return 0;
		}

		// an initiator frees its lock before it publishes the event
		@Override
		public boolean isHeld() {
			return !this.ended && this.context.isLeader();
		}

		@Override
		public @Nullable String getEndReason() {
			return isHeld() ? null : "the leadership was revoked";
		}

		void end() {
			this.ended = true;
		}

		void yield(String role) {
			try {
				this.context.yield();
			}
			catch (RuntimeException ex) {
				logger.warn("Leadership of the role '" + role + "' cannot be yielded", ex);
			}
		}

	}

	private record Participation(Role role, Candidate candidate) implements Candidacy {

		@Override
		public CompletableFuture<Void> leave() {
			this.role.leave(this.candidate);
			return CompletableFuture.completedFuture(null);
		}

		// the events say only whether this instance is the leader
		@Override
		public @Nullable String getOwner() {
			return null;
		}

	}

}
