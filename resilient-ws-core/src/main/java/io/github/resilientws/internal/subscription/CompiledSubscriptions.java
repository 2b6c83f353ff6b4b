package io.github.resilientws.internal.subscription;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.request.CompiledRequests;
import io.github.resilientws.internal.request.Reply;
import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.MessageMatcher;
import io.github.resilientws.protocol.MessageRules;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.settings.SubscriptionSettings;
import io.github.resilientws.settings.SubscriptionSettings.Action;

/**
 * The compiled rules that recognise the messages of subscriptions. Immutable.
 */
public final class CompiledSubscriptions {

	private final @Nullable MessageMatcher await;

	private final @Nullable Locator key;

	private final @Nullable Locator messageKey;

	private final List<ActionRule> actions;

	private final @Nullable CompiledRequests requests;

	private CompiledSubscriptions(MessageRules.Builder builder, SubscriptionSettings settings,
			@Nullable CompiledRequests requests) {
		this.requests = requests;
		String await = settings.await();
		this.await = (await == null || await.isEmpty()) ? null : builder.matcher("subscription.await", await);
		boolean located = !settings.key().equals(SubscriptionSettings.DESTINATION)
				&& !settings.key().equals(SubscriptionSettings.ID);
		this.key = located ? builder.locator("subscription.key", settings.key()) : null;
		this.messageKey = settings.messageKey().isEmpty() ? null
				: builder.locator("subscription.message-key", settings.messageKey());
		List<ActionRule> actions = new ArrayList<>();
		for (int i = 0; i < settings.onMessage().size(); i++) {
			SubscriptionSettings.OnMessage rule = settings.onMessage().get(i);
			actions.add(new ActionRule(builder.matcher("subscription.on-message[" + i + "].when", rule.when()),
					rule.action()));
		}
		this.actions = List.copyOf(actions);
	}

	/**
	 * Compile the rules.
	 * @param builder collects the matchers and locators
	 * @param settings the settings
	 * @param requests rules of replies, or {@code null} if none are recognised
	 * @return the rules, or {@code null} if there are no subscriptions
	 */
	public static @Nullable CompiledSubscriptions compile(MessageRules.Builder builder, SubscriptionSettings settings,
			@Nullable CompiledRequests requests) {
		// always compiled, so that invalid settings are rejected
		CompiledSubscriptions rules = new CompiledSubscriptions(builder, settings, requests);
		return settings.send().isEmpty() ? null : rules;
	}

	/**
	 * Return whether messages have to be read for these rules.
	 * @return whether a message may belong to a subscription
	 */
	public boolean needsMessages() {
		return this.await != null || this.messageKey != null;
	}

	boolean isConfirmation(ParsedMessage message) {
		return this.await != null && message.matches(this.await);
	}

	@Nullable Locator key() {
		return this.key;
	}

	/**
	 * Find the key of the subscriptions to which a message belongs.
	 * @param message the message
	 * @return the key, or {@code null} if it has none
	 */
	@Nullable String findKey(ParsedMessage message) {
		return (this.messageKey != null) ? message.find(this.messageKey) : null;
	}

	@Nullable Action findAction(ParsedMessage message) {
		for (ActionRule rule : this.actions) {
			if (message.matches(rule.when())) {
				return rule.action();
			}
		}
		return null;
	}

	@Nullable String findId(ParsedMessage message) {
		return (this.requests != null) ? this.requests.findId(message) : null;
	}

	Reply refusal(ParsedMessage message) {
		return (this.requests != null) ? this.requests.refusal(message) : new Reply(message, true, null);
	}

	private record ActionRule(MessageMatcher when, Action action) {

	}

}
