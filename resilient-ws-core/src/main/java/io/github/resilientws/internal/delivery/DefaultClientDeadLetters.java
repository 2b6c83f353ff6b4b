package io.github.resilientws.internal.delivery;

import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

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

	private final DeadLetterQueue letters;

	private final Admission admission;

	public DefaultClientDeadLetters(String client, DeadLetterQueue letters, Admission admission) {
		this.client = client;
		this.letters = letters;
		this.admission = admission;
	}

	@Override
	public List<DeadLetter> list() {
		return this.letters.list();
	}

	@Override
	public CompletableFuture<Delivery> resubmit(String id) {
		Assert.notNull(id, "'id' must not be null");
		OutboxEntry letter = this.letters.find(id);
		if (letter == null) {
			return CompletableFuture
				.failedFuture(new NoSuchElementException("[" + this.client + "] no such dead letter exists"));
		}
		return this.admission.readmit(letter, () -> this.letters.remove(letter));
	}

	@Override
	public boolean discard(String id) {
		Assert.notNull(id, "'id' must not be null");
		return this.letters.remove(id);
	}

}
