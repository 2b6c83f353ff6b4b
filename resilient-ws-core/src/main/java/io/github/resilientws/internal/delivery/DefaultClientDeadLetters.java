package io.github.resilientws.internal.delivery;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import io.github.resilientws.ClientDeadLetters;
import io.github.resilientws.DeadLetter;
import io.github.resilientws.Delivery;
import io.github.resilientws.internal.admission.Admission;
import io.github.resilientws.internal.admission.OutboxEntry;

/**
 * Resubmits and discards dead letters. May be called by any thread.
 */
public final class DefaultClientDeadLetters implements ClientDeadLetters {

	private final String client;

	private final @Nullable DeadLetterQueue letters;

	private final Admission admission;

	/**
	 * Create the dead letters of a client.
	 * @param client name of the client
	 * @param letters the dead letters, or {@code null} if messages are sent at most once
	 * @param admission admits dead letters to the outbox again
	 */
	public DefaultClientDeadLetters(String client, @Nullable DeadLetterQueue letters, Admission admission) {
		this.client = client;
		this.letters = letters;
		this.admission = admission;
	}

	@Override
	public List<DeadLetter> list() {
		return (this.letters != null) ? this.letters.list() : List.of();
	}

	@Override
	public CompletableFuture<Delivery> resubmit(String id) {
		Assert.notNull(id, "'id' must not be null");
		DeadLetterQueue queue = this.letters;
		OutboxEntry letter = (queue != null) ? queue.find(id) : null;
		if (queue == null || letter == null) {
			return CompletableFuture
				.failedFuture(new NoSuchElementException("[" + this.client + "] no such dead letter exists"));
		}
		return this.admission.readmit(letter, () -> queue.remove(letter));
	}

	@Override
	public boolean discard(String id) {
		Assert.notNull(id, "'id' must not be null");
		return this.letters != null && this.letters.remove(id);
	}

}
