package io.github.resilientws.internal.subscription;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.request.PendingReplies;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.settings.RequestSettings;
import io.github.resilientws.settings.SubscriptionSettings;

/**
 * The templates of subscriptions, and how they are confirmed. Immutable.
 *
 * @param send template that subscribes
 * @param cancel template that unsubscribes, or {@code null}
 * @param confirmation how a subscription is confirmed
 * @param cancelAnswered whether the reply to {@code cancel} is recognised by its id
 */
record SubscriptionTemplates(Template send, @Nullable Template cancel, Confirmation confirmation,
		boolean cancelAnswered) {

	static SubscriptionTemplates of(SubscriptionSettings settings, RequestSettings request) {
		Template send = Template.parse("subscription.send", settings.send());
		Template cancel = settings.cancel().isEmpty() ? null : Template.parse("subscription.cancel", settings.cancel());
		boolean recognised = !request.reply().id().isEmpty();
		String await = settings.await();
		Confirmation confirmation = (await != null) ? (await.isEmpty() ? Confirmation.WRITTEN : Confirmation.AWAITED)
				: (recognised && hasId(send)) ? Confirmation.REPLY : Confirmation.WRITTEN;
		return new SubscriptionTemplates(send, cancel, confirmation, recognised && cancel != null && hasId(cancel));
	}

	private static boolean hasId(Template template) {
		return template.names().contains("id");
	}

	@Nullable Object sendId(@Nullable String given, PendingReplies replies) {
		if (!hasId(this.send)) {
			return null;
		}
		return (given != null) ? given : replies.nextId();
	}

	@Nullable Object cancelId(PendingReplies replies) {
		return (this.cancel != null && hasId(this.cancel)) ? replies.nextId() : null;
	}

	boolean cancelNeedsKey() {
		return this.cancel != null && this.cancel.requiredNames().contains("key");
	}

	enum Confirmation {

		/** By the reply. */
		REPLY,

		/** By a message that {@code subscription.await} matches. */
		AWAITED,

		/** By the end of the write. */
		WRITTEN

	}

}
