package io.github.resilientws.internal.shared;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.resilientws.Delivery;

/**
 * The future of a message that was sent in a transaction. The thread of the transaction
 * must not wait for it before the transaction has ended: it would wait forever.
 *
 * @param <T> type of the result
 */
final class TransactionFuture<T> extends CompletableFuture<T> {

	private final Thread thread;

	private final AtomicBoolean ended;

	private TransactionFuture(Thread thread, AtomicBoolean ended) {
		this.thread = thread;
		this.ended = ended;
	}

	/**
	 * Create a future for the transaction of the calling thread.
	 * @return the future
	 */
	static TransactionFuture<Delivery> ofCurrentThread() {
		return new TransactionFuture<>(Thread.currentThread(), new AtomicBoolean());
	}

	/** The transaction has ended. */
	void end() {
		this.ended.set(true);
	}

	@Override
	public <U> CompletableFuture<U> newIncompleteFuture() {
		return new TransactionFuture<>(this.thread, this.ended);
	}

	@Override
	public T get() throws InterruptedException, ExecutionException {
		requireEnd();
		return super.get();
	}

	@Override
	public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
		requireEnd();
		return super.get(timeout, unit);
	}

	@Override
	public T join() {
		requireEnd();
		return super.join();
	}

	private void requireEnd() {
		if (!isDone() && !this.ended.get() && Thread.currentThread() == this.thread) {
			throw new IllegalStateException(
					"the message is sent after the commit of the transaction, so this thread would wait forever;"
							+ " wait after the transaction");
		}
	}

}
