package io.github.resilientws.internal.subscription;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.internal.encoding.MessageRefusedException;
import io.github.resilientws.internal.framing.EncodedConnection;
import io.github.resilientws.internal.request.PendingReplies;
import io.github.resilientws.internal.request.Reply;
import io.github.resilientws.internal.request.RequestConnection;
import io.github.resilientws.internal.subscription.SubscriptionTemplates.Confirmation;
import io.github.resilientws.internal.subscription.SubscriptionWriter.Text;
import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.protocol.TemplateValues;
import io.github.resilientws.settings.SubscriptionSettings;
import io.github.resilientws.settings.SubscriptionSettings.Action;
import io.github.resilientws.transport.OutboundPayload;

/**
 * The subscriptions on one connection: they are sent when it is ready, before the
 * messages of the outbox, and its messages are assigned to them. Confined to the client's
 * executor.
 */
public final class ConnectionSubscriptions implements PendingReplies.Unexpected, RequestConnection.Subscriptions {

	private final SubscriptionRegistry registry;

	private final Supplier<@Nullable CompiledSubscriptions> rules;

	private final EncodedConnection connection;

	private final TemplateValues values;

	private final PendingReplies replies;

	private final SubscriptionWriter writer;

	private final SubscriptionTemplates templates;

	private final Map<Subscription, SentSubscription> all = new LinkedHashMap<>();

	private final Map<String, SentSubscription> byId = new HashMap<>();

	private final Map<String, List<SentSubscription>> byDestination = new HashMap<>();

	private final Map<String, List<SentSubscription>> byKey = new HashMap<>();

	// those that a message confirms, oldest first
	private final Set<SentSubscription> awaiting = new LinkedHashSet<>();

	private boolean started;

	private boolean keyMissing;

	// of the message that is being handled
	private List<? extends WebSocketMessageListener> recipients = List.of();

	/**
	 * Create the subscriptions of a connection, none yet.
	 * @param registry subscriptions of the client
	 * @param rules returns the current rules
	 * @param connection the connection
	 * @param values values for templates
	 * @param replies texts of the connection that have no reply yet
	 * @param onIdle called when no subscription waits to be written any more
	 */
	public ConnectionSubscriptions(SubscriptionRegistry registry, Supplier<@Nullable CompiledSubscriptions> rules,
			EncodedConnection connection, TemplateValues values, PendingReplies replies, Runnable onIdle) {
		this.registry = registry;
		this.rules = rules;
		this.connection = connection;
		this.values = values;
		this.replies = replies;
		this.writer = new SubscriptionWriter(connection.socket(), replies, () -> {
			if (this.started) {
				onIdle.run();
			}
		});
		this.templates = registry.templates();
	}

	/** The connection is ready: subscribe, before other messages are written. */
	public void start() {
		this.registry.attach(this);
		this.writer.pump();
		this.started = true;
	}

	/** The connection ends, or another one replaces it. */
	public void stop() {
		this.started = false;
		this.writer.clear();
		this.registry.detach(this);
		this.all.values().forEach(SentSubscription::stop);
		this.awaiting.forEach(SentSubscription::stop);
		this.all.clear();
		this.byId.clear();
		this.byDestination.clear();
		this.byKey.clear();
		this.awaiting.clear();
	}

	/** Write subscriptions that wait. */
	public void pump() {
		if (this.started) {
			this.writer.pump();
		}
	}

	@Override
	public boolean areWaiting() {
		return !this.writer.isEmpty();
	}

	@Override
	public @Nullable Object idOf(String destination) {
		List<SentSubscription> same = this.byDestination.get(destination);
		return (same != null) ? same.get(same.size() - 1).id() : null;
	}

	/**
	 * Handle a message.
	 * @param message the message
	 * @return whether it is for no listener; otherwise {@link #takeRecipients()} returns
	 * the listeners of its subscriptions
	 */
	public boolean handle(ParsedMessage message) {
		CompiledSubscriptions current = this.rules.get();
		if (isEmpty() || current == null) {
			return false;
		}
		SentSubscription confirmed = findConfirmed(current, message);
		if (confirmed != null) {
			this.awaiting.remove(confirmed);
			confirmed.confirm(message);
			return true;
		}
		List<SentSubscription> found = find(current, message);
		if (found.isEmpty()) {
			return false;
		}
		Action action = current.findAction(message);
		if (action == null) {
			this.recipients = listeners(found);
			return false;
		}
		Reply reply = current.refusal(message);
		for (SentSubscription sent : List.copyOf(found)) {
			switch (action) {
				case END -> sent.finish(reply);
				case FAIL -> sent.refuse(reply);
				case RENEW -> sent.renew();
			}
		}
		return true;
	}

	/**
	 * Return the listeners to which the message belongs that was handled last.
	 * @return the listeners of its subscriptions, immutable
	 */
	public List<? extends WebSocketMessageListener> takeRecipients() {
		List<? extends WebSocketMessageListener> taken = this.recipients;
		if (!taken.isEmpty()) {
			this.recipients = List.of();
		}
		return taken;
	}

	@Override
	public boolean onRefusal(String id, Reply refusal) {
		SentSubscription sent = this.byId.get(id);
		if (sent != null && !this.awaiting.contains(sent) && !onReply(refusal.message())) {
			return false;
		}
		if (sent == null) {
			return onReply(refusal.message());
		}
		sent.refuse(refusal);
		return true;
	}

	// hides late replies
	@Override
	public boolean onReply(ParsedMessage message) {
		CompiledSubscriptions current = this.rules.get();
		return isEmpty() || current == null
				|| (findConfirmed(current, message) == null && find(current, message).isEmpty());
	}

	private boolean isEmpty() {
		return this.all.isEmpty() && this.awaiting.isEmpty();
	}

	private @Nullable SentSubscription findConfirmed(CompiledSubscriptions current, ParsedMessage message) {
		if (this.awaiting.isEmpty() || !current.isConfirmation(message)) {
			return null;
		}
		String id = this.byId.isEmpty() ? null : current.findId(message);
		if (id == null) {
			return this.awaiting.iterator().next();
		}
		SentSubscription named = this.byId.get(id);
		return (named != null && this.awaiting.contains(named)) ? named : null;
	}

	private List<SentSubscription> find(CompiledSubscriptions current, ParsedMessage message) {
		String key = this.byKey.isEmpty() ? null : current.findKey(message);
		return (key != null) ? this.byKey.getOrDefault(key, List.of()) : List.of();
	}

	private static List<SubscriptionHandle> listeners(List<SentSubscription> found) {
		if (found.size() == 1) {
			return found.get(0).subscription().listeners();
		}
		return found.stream().flatMap((sent) -> sent.subscription().listeners().stream()).toList();
	}

	void subscribe(Subscription subscription) {
		SentSubscription sent = new SentSubscription(this, subscription);
		this.all.put(subscription, sent);
		write(sent);
	}

	void cancel(Subscription subscription) {
		SentSubscription sent = this.all.get(subscription);
		if (sent != null) {
			sent.cancel();
		}
	}

	boolean isTimedOut(Subscription subscription) {
		SentSubscription sent = this.all.get(subscription);
		return sent != null && sent.isTimedOut();
	}

	void write(Text text) {
		this.writer.add(text);
		pump();
	}

	void withdraw(Text text) {
		this.writer.remove(text);
	}

	/**
	 * The text of a subscription is about to be written.
	 * @param sent the subscription
	 */
	void sent(SentSubscription sent) {
		if (sent.id() != null) {
			this.byId.put(sent.id().toString(), sent);
		}
		put(this.byDestination, sent.destination(), sent);
		if (this.templates.confirmation() == Confirmation.AWAITED) {
			this.awaiting.add(sent);
		}
		assign(sent);
	}

	void confirmed(SentSubscription sent) {
		if (keyLocator() != null) {
			assign(sent);
		}
	}

	void keyMissing() {
		if (!this.keyMissing) {
			this.keyMissing = true;
			this.registry.warnings().keyMissing();
		}
	}

	private void assign(SentSubscription sent) {
		if (sent.key() != null) {
			put(this.byKey, sent.key(), sent);
		}
	}

	private static void put(Map<String, List<SentSubscription>> map, String name, SentSubscription sent) {
		map.computeIfAbsent(name, (key) -> new ArrayList<>(1)).add(sent);
	}

	/**
	 * Messages do not belong to a subscription any more.
	 * @param sent the subscription
	 */
	void unassign(SentSubscription sent) {
		remove(this.byDestination, sent.destination(), sent);
		if (sent.key() != null) {
			remove(this.byKey, sent.key(), sent);
		}
	}

	private static void remove(Map<String, List<SentSubscription>> map, String name, SentSubscription sent) {
		List<SentSubscription> same = map.get(name);
		if (same != null && same.remove(sent) && same.isEmpty()) {
			map.remove(name);
		}
	}

	/**
	 * The confirmation of a subscription is not awaited any more.
	 * @param sent the subscription
	 */
	void endConfirmation(SentSubscription sent) {
		if (sent.id() != null) {
			this.byId.remove(sent.id().toString(), sent);
		}
		this.awaiting.remove(sent);
	}

	void forget(SentSubscription sent) {
		remove(sent);
		endConfirmation(sent);
	}

	/**
	 * Remove a subscription. Its confirmation is still awaited, so that it is not taken
	 * for that of another one.
	 * @param sent the subscription
	 */
	void remove(SentSubscription sent) {
		unassign(sent);
		this.all.remove(sent.subscription(), sent);
	}

	// the key that is known before the confirmation
	@Nullable Object keyOf(SentSubscription sent) {
		return switch (settings().key()) {
			case SubscriptionSettings.DESTINATION -> sent.destination();
			case SubscriptionSettings.ID -> sent.id();
			default -> null;
		};
	}

	@Nullable Locator keyLocator() {
		CompiledSubscriptions current = this.rules.get();
		return (current != null) ? current.key() : null;
	}

	long timeoutNanos() {
		return settings().timeout().toNanos();
	}

	private SubscriptionSettings settings() {
		return this.registry.context().settings().subscription();
	}

	SubscriptionRegistry registry() {
		return this.registry;
	}

	SubscriptionContext context() {
		return this.registry.context();
	}

	PendingReplies replies() {
		return this.replies;
	}

	SubscriptionTemplates templates() {
		return this.templates;
	}

	OutboundPayload encode(byte[] text) throws MessageRefusedException {
		return this.connection.encode(OutboundPayload.text(text));
	}

	TemplateValues values() {
		return this.values;
	}

}
