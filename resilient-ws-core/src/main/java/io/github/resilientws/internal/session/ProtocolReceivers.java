package io.github.resilientws.internal.session;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.answer.ConnectionQuestions;
import io.github.resilientws.internal.delivery.AcknowledgementHandler;
import io.github.resilientws.internal.heartbeat.AdvertisedHeartbeat;
import io.github.resilientws.internal.request.PendingReplies;
import io.github.resilientws.internal.subscription.ConnectionSubscriptions;

/**
 * The receivers of protocol messages of one connection.
 *
 * @param heartbeat the heartbeat of the connection
 * @param replies texts that have no reply yet
 * @param acknowledgements receives acknowledgements
 * @param steps the session steps, or {@code null} if there are none
 * @param subscriptions the subscriptions, or {@code null} if there are none
 * @param questions passes questions on to the listeners, or {@code null} without rules
 * for questions
 */
public record ProtocolReceivers(AdvertisedHeartbeat heartbeat, PendingReplies replies,
		AcknowledgementHandler acknowledgements, @Nullable SessionSteps steps,
		@Nullable ConnectionSubscriptions subscriptions, @Nullable ConnectionQuestions questions) {

}
