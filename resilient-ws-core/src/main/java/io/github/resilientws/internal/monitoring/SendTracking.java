package io.github.resilientws.internal.monitoring;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import io.micrometer.observation.Observation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.TaskDecorator;
import org.springframework.core.task.support.ContextPropagatingTaskDecorator;
import org.springframework.util.ClassUtils;

import io.github.resilientws.Delivery;
import io.github.resilientws.FailureDescription;
import io.github.resilientws.WebSocketDeliveryException;
import io.github.resilientws.observation.SendObservationContext;

/**
 * Observes messages from the call of the sender to the completion of their futures, and
 * completes the futures in the context of the sender.
 */
public final class SendTracking {

	private static final Log logger = LogFactory.getLog(SendTracking.class);

	private static final boolean CONTEXT_PROPAGATION = ClassUtils.isPresent("io.micrometer.context.ContextSnapshot",
			SendTracking.class.getClassLoader());

	private final @Nullable ClientObservations observations;

	private final @Nullable TaskDecorator decorator;

	private final boolean alwaysWanted;

	/**
	 * Create a tracking.
	 * @param observations observations, or {@code null}
	 * @param given the user's decorator, or {@code null} for the default one if
	 * observations are enabled
	 */
	public SendTracking(@Nullable ClientObservations observations, @Nullable TaskDecorator given) {
		this.observations = observations;
		this.alwaysWanted = given != null;
		this.decorator = (given == null && CONTEXT_PROPAGATION) ? new ContextPropagatingTaskDecorator() : given;
	}

	/**
	 * Return whether the next message has to be tracked.
	 * @return whether to call {@link #follow}
	 */
	public boolean isWanted() {
		return this.alwaysWanted || (this.observations != null && this.observations.areWanted());
	}

	/**
	 * Send a message or a request. Called on the sender's thread.
	 * @param <T> type of the result
	 * @param admission sends it
	 * @return a future that is completed in the context of this thread
	 */
	public <T extends @Nullable Object> CompletableFuture<T> follow(Supplier<CompletableFuture<T>> admission) {
		Observation observation = (this.observations != null) ? this.observations.startSend() : null;
		Completion<T> completion = new Completion<>();
		Runnable inContext = decorate(completion);
		admit(admission).whenComplete((result, failure) -> {
			if (observation != null) {
				stop(observation, (result instanceof Delivery delivery) ? delivery : null, failure);
			}
			completion.result = result;
			completion.failure = failure;
			try {
				inContext.run();
			}
			catch (Throwable ex) {
				logger.warn("a TaskDecorator failed: " + FailureDescription.describe(ex));
			}
			finally {
				completion.run();
			}
		});
		return completion.future;
	}

	private Runnable decorate(Runnable completion) {
		try {
			return (this.decorator != null) ? this.decorator.decorate(completion) : completion;
		}
		catch (Throwable ex) {
			logger.warn("a TaskDecorator failed: " + FailureDescription.describe(ex));
			return completion;
		}
	}

	private static <T extends @Nullable Object> CompletableFuture<T> admit(Supplier<CompletableFuture<T>> admission) {
		try {
			return admission.get();
		}
		catch (RuntimeException ex) {
			return CompletableFuture.failedFuture(ex);
		}
	}

	private void stop(Observation observation, @Nullable Delivery delivery, @Nullable Throwable failure) {
		if (this.observations != null) {
			this.observations.stop(observation, (failure != null) ? safe(failure) : null, (context) -> {
				if (context instanceof SendObservationContext send) {
					if (delivery != null) {
						send.setDelivery(delivery);
					}
					else if (failure != null) {
						send.setFailure(failure);
					}
				}
			});
		}
	}

	// a user's MessageConverter may throw an Error whose text quotes the payload
	private static Throwable safe(Throwable failure) {
		return new ObservedFailure((failure instanceof WebSocketDeliveryException ex) ? ex.getReason().name()
				: failure.getClass().getName());
	}

	/**
	 * Completes the future; a second run has no effect.
	 */
	private static final class Completion<T extends @Nullable Object> implements Runnable {

		private final CompletableFuture<T> future = new CompletableFuture<>();

		private @Nullable T result;

		private @Nullable Throwable failure;

		@Override
		public void run() {
			if (this.failure != null) {
				this.future.completeExceptionally(this.failure);
			}
			else {
				this.future.complete(this.result);
			}
		}

	}

}
