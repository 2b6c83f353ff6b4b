package io.github.resilientws.autoconfigure.cluster;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.integration.leader.Context;
import org.springframework.integration.leader.event.OnFailedToAcquireMutexEvent;
import org.springframework.integration.leader.event.OnGrantedEvent;
import org.springframework.integration.leader.event.OnRevokedEvent;

import io.github.resilientws.cluster.Candidacy;
import io.github.resilientws.cluster.LineElection.Candidate;
import io.github.resilientws.cluster.Ownership;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Leader events, and the lines that follow them.
 */
class EventElectionTests {

	private final EventElection election = new EventElection();

	private final RecordingContext context = new RecordingContext();

	@Test
	void leaderOwnsTheLinesOfItsRole() {
		RecordingCandidate feed = new RecordingCandidate();
		RecordingCandidate other = new RecordingCandidate();
		Candidacy candidacy = this.election.join("feed", feed);
		this.election.join("other", other);
		assertThat(feed.signals).isEmpty();
		grant("feed");
		assertThat(feed.signals).containsExactly("granted 0");
		assertThat(feed.ownership.isHeld()).isTrue();
		assertThat(candidacy.getOwner()).isNull();
		revoke("feed");
		assertThat(feed.signals).containsExactly("granted 0", "revoked");
		assertThat(feed.ownership.isHeld()).isFalse();
		grant("feed");
		assertThat(feed.signals).endsWith("granted 0");
		assertThat(other.signals).isEmpty();
	}

	@Test
	void ownershipEndsWithTheLeadership() {
		RecordingCandidate feed = new RecordingCandidate();
		this.election.join("feed", feed);
		grant("feed");
		assertThat(feed.ownership.getEndReason()).isNull();
		revoke("feed");
		assertThat(feed.ownership.getEndReason()).isEqualTo("the leadership was revoked");
	}

	@Test
	void clientThatJoinsAfterTheEventIsGranted() {
		grant("feed");
		RecordingCandidate late = new RecordingCandidate();
		this.election.join("feed", late);
		assertThat(late.signals).containsExactly("granted 0");
		revoke("feed");
		RecordingCandidate tooLate = new RecordingCandidate();
		this.election.join("feed", tooLate);
		assertThat(tooLate.signals).isEmpty();
	}

	@Test
	void lineIsNotHeldOnceTheInitiatorSaysSo() {
		RecordingCandidate feed = new RecordingCandidate();
		this.election.join("feed", feed);
		grant("feed");
		this.context.leader = false;
		assertThat(feed.ownership.isHeld()).isFalse();
		this.context.leader = true;
		grant("feed");
		assertThat(feed.signals).containsExactly("granted 0");
	}

	@Test
	void leadershipWithoutAnEndIsReplaced() {
		RecordingCandidate feed = new RecordingCandidate();
		this.election.join("feed", feed);
		grant("feed");
		this.context.leader = false;
		this.election.onApplicationEvent(new OnGrantedEvent(this, new RecordingContext(), "feed"));
		assertThat(feed.signals).containsExactly("granted 0", "revoked", "granted 0");
		assertThat(feed.ownership.isHeld()).isTrue();
	}

	@Test
	void lastClientOfARoleYieldsItWhenItLeaves() {
		Candidacy one = this.election.join("feed", new RecordingCandidate());
		RecordingCandidate two = new RecordingCandidate();
		Candidacy second = this.election.join("feed", two);
		grant("feed");
		assertThat(one.leave()).isCompleted();
		assertThat(this.context.yielded).isZero();
		assertThat(second.leave()).isCompleted();
		assertThat(this.context.yielded).isOne();
		second.leave();
		assertThat(this.context.yielded).isOne();
		revoke("feed");
		assertThat(two.signals).containsExactly("granted 0");
	}

	@Test
	void leavingNeverFails() {
		Candidacy candidacy = this.election.join("feed", new RecordingCandidate());
		grant("feed");
		this.context.failure = new IllegalStateException("no connection to the coordinator");
		assertThat(candidacy.leave()).isCompleted();
	}

	@Test
	void otherEventsChangeNothing() {
		RecordingCandidate feed = new RecordingCandidate();
		this.election.join("feed", feed);
		this.election.onApplicationEvent(new OnFailedToAcquireMutexEvent(this, this.context, "feed"));
		revoke("feed");
		assertThat(feed.signals).isEmpty();
	}

	private void grant(String role) {
		this.election.onApplicationEvent(new OnGrantedEvent(this, this.context, role));
	}

	private void revoke(String role) {
		this.election.onApplicationEvent(new OnRevokedEvent(this, this.context, role));
	}

	private static final class RecordingCandidate implements Candidate {

		private final List<String> signals = new ArrayList<>();

		private Ownership ownership;

		@Override
		public void onGranted(Ownership ownership) {
			this.ownership = ownership;
			this.signals.add("granted " + ownership.getFence());
		}

		@Override
		public void onRevoked(Ownership ownership) {
			assertThat(ownership).isSameAs(this.ownership);
			this.signals.add("revoked");
		}

	}

	private static final class RecordingContext implements Context {

		private boolean leader = true;

		private int yielded;

		private RuntimeException failure;

		@Override
		public boolean isLeader() {
			return this.leader;
		}

		@Override
		public void yield() {
			this.yielded++;
			if (this.failure != null) {
				throw this.failure;
			}
		}

	}

}
