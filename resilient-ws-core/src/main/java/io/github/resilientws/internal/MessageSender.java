package io.github.resilientws.internal;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.Delivery;
import io.github.resilientws.OutboundMessage;
import io.github.resilientws.internal.admission.Admission;
import io.github.resilientws.internal.monitoring.SendTracking;

/**
 * Sends messages of the application, with an observation if observations are enabled.
 * Called on the sender's thread.
 */
final class MessageSender {

	private final Admission admission;

	private final @Nullable SendTracking tracking;

	MessageSender(Admission admission, @Nullable SendTracking tracking) {
		this.admission = admission;
		this.tracking = tracking;
	}

	CompletableFuture<Delivery> send(OutboundMessage message) {
		return (this.tracking != null && this.tracking.isWanted())
				? this.tracking.follow(() -> this.admission.admit(message)) : this.admission.admit(message);
	}

}
