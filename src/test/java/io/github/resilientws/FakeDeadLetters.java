package io.github.resilientws;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.resilientws.WebSocketDeliveryException.Reason;

/**
 * Dead letters that are there because a test says so.
 */
public class FakeDeadLetters implements ClientDeadLetters {

	private final List<DeadLetter> letters = new CopyOnWriteArrayList<>();

	private volatile Reason end;

	/**
	 * Add a dead letter.
	 * @param id its id
	 * @return this
	 */
	public FakeDeadLetters add(String id) {
		this.letters.add(new DeadLetter(id, "s3cret", 3, Instant.parse("2026-01-01T00:00:00Z"),
				DeadLetter.Cause.NOT_ACKNOWLEDGED));
		return this;
	}

	/**
	 * Let every resubmission fail from now on.
	 * @param reason its reason
	 */
	public void fail(Reason reason) {
		this.end = reason;
	}

	@Override
	public List<DeadLetter> list() {
		return List.copyOf(this.letters);
	}

	@Override
	public CompletableFuture<Delivery> resubmit(String id) {
		if (this.letters.stream().noneMatch((letter) -> letter.id().equals(id))) {
			return ClientDeadLetters.super.resubmit(id);
		}
		Reason reason = this.end;
		if (reason != null) {
			return CompletableFuture.failedFuture(new WebSocketDeliveryException(id, 3, reason, "the test says so"));
		}
		this.letters.removeIf((letter) -> letter.id().equals(id));
		return new CompletableFuture<>();
	}

	@Override
	public boolean discard(String id) {
		return this.letters.removeIf((letter) -> letter.id().equals(id));
	}

}
