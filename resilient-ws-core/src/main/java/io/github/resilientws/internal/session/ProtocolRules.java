package io.github.resilientws.internal.session;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.delivery.AcknowledgementRules;
import io.github.resilientws.internal.heartbeat.CompiledHeartbeat;
import io.github.resilientws.internal.request.CompiledRequests;
import io.github.resilientws.internal.subscription.CompiledSubscriptions;
import io.github.resilientws.protocol.MessageMatcher;
import io.github.resilientws.protocol.MessageRules;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.RequestSettings;
import io.github.resilientws.settings.SessionSettings;
import io.github.resilientws.settings.SubscriptionSettings;

/**
 * The compiled rules of a client: heartbeat, acknowledgements, session steps, automatic
 * replies. Immutable.
 */
public final class ProtocolRules {

	private final CompiledHeartbeat heartbeat;

	private final List<Step> steps;

	private final List<AutoReply> autoReplies;

	private final @Nullable AcknowledgementRules acknowledgements;

	private final @Nullable CompiledRequests requests;

	private final @Nullable CompiledSubscriptions subscriptions;

	private final MessageRules rules;

	private ProtocolRules(HeartbeatSettings heartbeat, SessionSettings session, DeliverySettings delivery,
			RequestSettings request, SubscriptionSettings subscription) {
		MessageRules.Builder builder = MessageRules.builder();
		boolean text = heartbeat.mode() == Mode.TEXT;
		this.heartbeat = new CompiledHeartbeat(heartbeat,
				text ? Template.parse("heartbeat.send", heartbeat.send()) : null,
				text ? matcher(builder, "heartbeat.await", heartbeat.await()) : null);
		this.steps = steps(builder, session);
		this.autoReplies = autoReplies(builder, session);
		// always compiled, so that invalid settings are rejected
		AcknowledgementRules acknowledgementRules = AcknowledgementRules.compile(builder, delivery);
		this.acknowledgements = delivery.isAtLeastOnce() ? acknowledgementRules : null;
		this.requests = CompiledRequests.compile(builder, request);
		this.subscriptions = CompiledSubscriptions.compile(builder, subscription, this.requests);
		requireAnswers(heartbeat, session);
		this.rules = builder.build();
	}

	/**
	 * Compile the rules of a client.
	 * @param heartbeat the heartbeat, which may differ from that of the settings
	 * @param settings the settings
	 * @return the rules
	 */
	public static ProtocolRules compile(HeartbeatSettings heartbeat, ClientSettings settings) {
		return new ProtocolRules(heartbeat, settings.session(), settings.delivery(), settings.request(),
				settings.subscription());
	}

	public CompiledHeartbeat heartbeat() {
		return this.heartbeat;
	}

	public List<Step> steps() {
		return this.steps;
	}

	public boolean hasRules() {
		return this.heartbeat.await() != null || this.acknowledgements != null || this.requests != null
				|| !this.steps.isEmpty() || !this.autoReplies.isEmpty()
				|| (this.subscriptions != null && this.subscriptions.needsMessages());
	}

	/**
	 * Return how the server acknowledges messages.
	 * @return the rules, or {@code null} if no acknowledgements are needed
	 */
	public @Nullable AcknowledgementRules acknowledgements() {
		return this.acknowledgements;
	}

	/**
	 * Return how the server replies to requests.
	 * @return the rules, or {@code null} if no replies are recognised
	 */
	public @Nullable CompiledRequests requests() {
		return this.requests;
	}

	/**
	 * Return how messages are assigned to subscriptions.
	 * @return the rules, or {@code null} if there are no subscriptions
	 */
	public @Nullable CompiledSubscriptions subscriptions() {
		return this.subscriptions;
	}

	/**
	 * Find the automatic reply to a message of the server.
	 * @param message the message
	 * @return the reply, or {@code null} if no rule matches
	 */
	public @Nullable AutoReply replyTo(ParsedMessage message) {
		for (AutoReply reply : this.autoReplies) {
			if (message.matches(reply.when())) {
				return reply;
			}
		}
		return null;
	}

	public ParsedMessage read(String text) {
		return this.rules.read(text);
	}

	/**
	 * Make sure that every template can be rendered.
	 * @param known names that have a value
	 */
	public void requireNames(Set<String> known) {
		templates().forEach((template) -> template.requireNames(known));
	}

	/**
	 * Return the names that templates use.
	 * @return the names
	 */
	public Set<String> names() {
		return names(Template::names);
	}

	/**
	 * Return the names without whose values a template cannot be rendered.
	 * @return the names
	 */
	public Set<String> requiredNames() {
		return names(Template::requiredNames);
	}

	private Set<String> names(Function<Template, Set<String>> kind) {
		Set<String> names = new HashSet<>();
		templates().forEach((template) -> names.addAll(kind.apply(template)));
		return names;
	}

	private void requireAnswers(HeartbeatSettings heartbeat, SessionSettings session) {
		if (this.requests != null) {
			return;
		}
		requireAnswer("heartbeat", this.heartbeat.send(), heartbeat.await());
		for (int i = 0; i < this.steps.size(); i++) {
			requireAnswer("session.steps[" + i + "]", this.steps.get(i).send(), session.steps().get(i).await());
		}
	}

	private static void requireAnswer(String key, @Nullable Template send, String await) {
		if (send != null && await.isEmpty() && send.names().contains("id")) {
			throw new InvalidSettingException(key + ".send", "{{id}}",
					"needs request.reply.id, the locator of the id in" + " the reply, or " + key
							+ ".await, a matcher of the reply");
		}
	}

	private List<Template> templates() {
		List<Template> templates = new ArrayList<>();
		if (this.heartbeat.send() != null) {
			templates.add(this.heartbeat.send());
		}
		for (Step step : this.steps) {
			if (step.send() != null) {
				templates.add(step.send());
			}
		}
		this.autoReplies.forEach((reply) -> templates.add(reply.answer().template()));
		return templates;
	}

	private static List<Step> steps(MessageRules.Builder builder, SessionSettings session) {
		List<Step> steps = new ArrayList<>();
		for (int i = 0; i < session.steps().size(); i++) {
			SessionSettings.Step step = session.steps().get(i);
			String key = "session.steps[" + i + "]";
			List<FailOn> failOn = new ArrayList<>();
			for (int j = 0; j < step.failOn().size(); j++) {
				SessionSettings.FailOn fail = step.failOn().get(j);
				failOn.add(new FailOn(builder.matcher(key + ".fail-on[" + j + "].when", fail.when()), fail.action()));
			}
			steps.add(new Step(step.send().isEmpty() ? null : Template.parse(key + ".send", step.send()),
					matcher(builder, key + ".await", step.await()), List.copyOf(failOn)));
		}
		return List.copyOf(steps);
	}

	private static List<AutoReply> autoReplies(MessageRules.Builder builder, SessionSettings session) {
		List<AutoReply> replies = new ArrayList<>();
		for (int i = 0; i < session.autoReplies().size(); i++) {
			SessionSettings.AutoReply reply = session.autoReplies().get(i);
			String key = "session.auto-replies[" + i + "]";
			replies.add(new AutoReply(builder.matcher(key + ".when", reply.when()),
					AnswerTemplate.compile(builder, key + ".send", reply.send())));
		}
		return List.copyOf(replies);
	}

	private static @Nullable MessageMatcher matcher(MessageRules.Builder builder, String key, String expression) {
		return expression.isEmpty() ? null : builder.matcher(key, expression);
	}

	public record Step(@Nullable Template send, @Nullable MessageMatcher await, List<FailOn> failOn) {

	}

	public record FailOn(MessageMatcher when, ReconnectAction action) {

	}

	public record AutoReply(MessageMatcher when, AnswerTemplate answer) {

	}

}
