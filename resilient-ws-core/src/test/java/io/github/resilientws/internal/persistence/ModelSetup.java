package io.github.resilientws.internal.persistence;

import java.time.Duration;
import java.time.InstantSource;

import io.github.resilientws.internal.Acks;
import io.github.resilientws.internal.Rig;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.QueueSettings.Overflow;
import io.github.resilientws.store.OutboxStoreFactory;

/**
 * Settings of the client.
 *
 * @param window messages in flight
 * @param maxAttempts acknowledgement time-outs
 * @param overflow what happens when the outbox is full
 * @param capacity bound by count
 * @param maxBytes bound by bytes, 0 for none
 */
record ModelSetup(int window, int maxAttempts, Overflow overflow, int capacity, long maxBytes) {

	/**
	 * Make a client.
	 * @param store its store
	 * @param startMillis what its clock shows
	 */
	Rig rig(OutboxStoreFactory store, long startMillis) {
		Rig[] made = new Rig[1];
		InstantSource clock = () -> Rig.START.plusMillis(startMillis)
			.plusNanos((made[0] != null) ? made[0].time.nanoTime() : 0);
		made[0] = Acks.rig(
				(delivery) -> delivery.withWindow(this.window)
					.withMaxAttempts(this.maxAttempts)
					.withNack("/type = nack", "", ""),
				(builder) -> builder.component(InstantSource.class, clock)
					.component(OutboxStoreFactory.class, store)
					.heartbeat((heartbeat) -> heartbeat.withMode(HeartbeatSettings.Mode.OFF))
					.queue((queue) -> queue.withBounds(this.capacity, this.maxBytes)
						.withOverflow(this.overflow, Duration.ofSeconds(1))));
		return made[0];
	}

}
