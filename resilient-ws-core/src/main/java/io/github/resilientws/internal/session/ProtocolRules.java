package io.github.resilientws.internal.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.internal.answer.AnswerTemplate;
import io.github.resilientws.internal.answer.CompiledQuestions;
import io.github.resilientws.internal.delivery.AcknowledgementRules;
import io.github.resilientws.internal.heartbeat.CompiledHeartbeat;
import io.github.resilientws.internal.request.CompiledRequests;
import io.github.resilientws.internal.subscription.CompiledSubscriptions;
import io.github.resilientws.protocol.Locator;
import io.github.resilientws.protocol.MessageMatcher;
import io.github.resilientws.protocol.MessageRules;
import io.github.resilientws.protocol.ParsedMessage;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.HeartbeatSettings.Mode;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.ReconnectSettings;
import io.github.resilientws.settings.SessionSettings;

/**
 * The compiled rules of a client: heartbeat, acknowledgements, messages that end the
 * connection, session steps, automatic replies, questions. Immutable.
 */
public final class ProtocolRules {

	private final CompiledHeartbeat heartbeat;

	private final List<Step> steps;

	private final List<AutoReply> autoReplies;

	private final @Nullable AcknowledgementRules acknowledgements;

	private final @Nullable CompiledRequests requests;

	private final @Nullable CompiledSubscriptions subscriptions;

	private final @Nullable CompiledQuestions questions;

	private final List<ReconnectMessage> reconnectMessages;

	private final List<Capture> captures;

	private final @Nullable Template resumeUrl;

	// whether messages of the server have to be read
	private final boolean hasRules;

	// set if no earlier rule can concern a message that is similar to an acknowledgement
	private final @Nullable AcknowledgementRules firstAcknowledgements;

	private ProtocolRules(MessageRules.Builder builder, HeartbeatSettings heartbeat, ClientSettings settings) {
		boolean text = heartbeat.mode() == Mode.TEXT;
		this.heartbeat = new CompiledHeartbeat(heartbeat,
				text ? Template.parse("heartbeat.send", heartbeat.send()) : null,
				text ? matcher(builder, "heartbeat.await", heartbeat.await()) : null,
				locator(builder, "heartbeat.interval-from", heartbeat.intervalFrom()),
				locator(builder, "heartbeat.timeout-from", heartbeat.timeoutFrom()));
		this.steps = steps(builder, settings.session());
		this.autoReplies = autoReplies(builder, settings.session());
		boolean acknowledged = settings.delivery().isAtLeastOnce();
		// always compiled, so that invalid settings are rejected; unused ones apart
		AcknowledgementRules acknowledgementRules = AcknowledgementRules
			.compile(acknowledged ? builder : MessageRules.builder(), settings.delivery());
		this.acknowledgements = acknowledged ? acknowledgementRules : null;
		this.reconnectMessages = reconnectMessages(builder, settings.reconnect());
		this.captures = captures(builder, settings.session());
		String url = settings.session().resumeUrl();
		this.resumeUrl = url.isEmpty() ? null : Template.parseUrl("session.resume-url", url);
		this.requests = CompiledRequests.compile(builder, settings.request());
		this.subscriptions = CompiledSubscriptions.compile(builder, settings.subscription(), this.requests);
		this.questions = CompiledQuestions.compile(builder, settings.inbound().request());
		this.hasRules = needsMessages();
		boolean first = this.captures.isEmpty() && this.requests == null && !this.heartbeat.hasAdvertisedTimes()
				&& acknowledgementRules.areIndependentOf(this.heartbeat.await());
		this.firstAcknowledgements = (first) ? this.acknowledgements : null;
		requireAnswers(heartbeat, settings.session());
	}

	/**
	 * Compile the rules of a client.
	 * @param builder collects the matchers and locators
	 * @param heartbeat the heartbeat, which may differ from that of the settings
	 * @param settings the settings
	 * @return the rules
	 */
	public static ProtocolRules compile(MessageRules.Builder builder, HeartbeatSettings heartbeat,
			ClientSettings settings) {
		return new ProtocolRules(builder, heartbeat, settings);
	}

	public CompiledHeartbeat heartbeat() {
		return this.heartbeat;
	}

	public List<Step> steps() {
		return this.steps;
	}

	public boolean hasRules() {
		return this.hasRules;
	}

	private boolean needsMessages() {
		return this.heartbeat.await() != null || this.heartbeat.hasAdvertisedTimes() || this.acknowledgements != null
				|| this.requests != null || this.questions != null || !this.steps.isEmpty()
				|| !this.autoReplies.isEmpty() || !this.reconnectMessages.isEmpty() || !this.captures.isEmpty()
				|| (this.subscriptions != null && this.subscriptions.needsMessages());
	}

	@Nullable AcknowledgementRules firstAcknowledgements() {
		return this.firstAcknowledgements;
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
	 * Return how the server asks.
	 * @return the rules, or {@code null} if there are no questions
	 */
	public @Nullable CompiledQuestions questions() {
		return this.questions;
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

	/**
	 * Return the URL that resumes a session.
	 * @return its template, or {@code null} if there is none
	 */
	public @Nullable Template resumeUrl() {
		return this.resumeUrl;
	}

	/**
	 * Keep the values that a message of the server contains.
	 * @param message the message
	 * @param state state of the session
	 */
	void capture(ParsedMessage message, SessionState state) {
		for (Capture capture : this.captures) {
			if (capture.when() == null || message.matches(capture.when())) {
				Object value = message.capture(capture.from());
				if (value != null) {
					state.put(capture.name(), value);
				}
			}
		}
	}

	/**
	 * Find the rule by which a message of the server ends the connection.
	 * @param message the message
	 * @return the rule, or {@code null} if none matches
	 */
	public @Nullable ReconnectMessage findReconnectMessage(ParsedMessage message) {
		for (ReconnectMessage rule : this.reconnectMessages) {
			if (message.matches(rule.when())) {
				return rule;
			}
		}
		return null;
	}

	/**
	 * Make sure that every template can be rendered.
	 * @param known names that have a value
	 */
	public void requireNames(Set<String> known) {
		templates(this.steps).forEach((template) -> template.requireNames(known));
		if (this.questions != null) {
			this.questions.requireNames(known);
		}
		if (this.resumeUrl != null) {
			this.resumeUrl.requireNames(known);
		}
	}

	/**
	 * Make sure that every condition of a step may hold.
	 * @param known names that may have a value
	 */
	void requireConditions(Set<String> known) {
		for (int i = 0; i < this.steps.size(); i++) {
			requireCondition("session.steps[" + i + "].if", this.steps.get(i).onlyIf(), known);
			requireCondition("session.steps[" + i + "].unless", this.steps.get(i).unless(), known);
		}
	}

	private static void requireCondition(String key, String name, Set<String> known) {
		if (!name.isEmpty() && !known.contains(name)) {
			throw new InvalidSettingException(key, name, "is neither a capture nor a name under values; allowed are "
					+ String.join(", ", new TreeSet<>(known)));
		}
	}

	/**
	 * Return the names that templates use.
	 * @return the names
	 */
	public Set<String> names() {
		Set<String> names = names(templates(this.steps), Template::names);
		if (this.questions != null) {
			names.addAll(this.questions.names(Template::names));
		}
		return names;
	}

	/**
	 * Return the names without whose values a template cannot be rendered. Steps with a
	 * condition are left out: their values may be absent whenever they are skipped.
	 * @return the names
	 */
	public Set<String> requiredNames() {
		Set<String> names = names(templates(this.steps.stream().filter((step) -> !step.isConditional()).toList()),
				Template::requiredNames);
		if (this.questions != null) {
			names.addAll(this.questions.names(Template::requiredNames));
		}
		return names;
	}

	private static Set<String> names(List<Template> templates, Function<Template, Set<String>> kind) {
		Set<String> names = new HashSet<>();
		templates.forEach((template) -> names.addAll(kind.apply(template)));
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

	private List<Template> templates(List<Step> steps) {
		List<Template> templates = new ArrayList<>();
		if (this.heartbeat.send() != null) {
			templates.add(this.heartbeat.send());
		}
		for (Step step : steps) {
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
				failOn.add(new FailOn(builder.matcher(key + ".fail-on[" + j + "].when", fail.when()), fail.action(),
						fail.repeat(), fail.after()));
			}
			steps.add(new Step(step.send().isEmpty() ? null : Template.parse(key + ".send", step.send()),
					matcher(builder, key + ".await", step.await()), List.copyOf(failOn), step.onlyIf(), step.unless(),
					step.hidden()));
		}
		return List.copyOf(steps);
	}

	private static List<AutoReply> autoReplies(MessageRules.Builder builder, SessionSettings session) {
		List<AutoReply> replies = new ArrayList<>();
		for (int i = 0; i < session.autoReplies().size(); i++) {
			SessionSettings.AutoReply reply = session.autoReplies().get(i);
			String key = "session.auto-replies[" + i + "]";
			replies.add(new AutoReply(builder.matcher(key + ".when", reply.when()),
					AnswerTemplate.compile(builder, key + ".send", reply.send()), reply.hidden()));
		}
		return List.copyOf(replies);
	}

	private static List<ReconnectMessage> reconnectMessages(MessageRules.Builder builder, ReconnectSettings reconnect) {
		List<ReconnectMessage> messages = new ArrayList<>();
		for (int i = 0; i < reconnect.onMessage().size(); i++) {
			ReconnectSettings.OnMessage message = reconnect.onMessage().get(i);
			String name = "on-message[" + i + "]";
			messages.add(new ReconnectMessage(name, builder.matcher("reconnect." + name + ".when", message.when()),
					message.action()));
		}
		return List.copyOf(messages);
	}

	private static List<Capture> captures(MessageRules.Builder builder, SessionSettings session) {
		List<Capture> captures = new ArrayList<>();
		new TreeMap<>(session.captures()).forEach((name, capture) -> {
			String key = "session.captures." + name;
			captures.add(new Capture(name, builder.locator(key + ".from", capture.from()),
					matcher(builder, key + ".when", capture.when())));
		});
		return List.copyOf(captures);
	}

	private static @Nullable Locator locator(MessageRules.Builder builder, String key, String expression) {
		return expression.isEmpty() ? null : builder.locator(key, expression);
	}

	private static @Nullable MessageMatcher matcher(MessageRules.Builder builder, String key, String expression) {
		return expression.isEmpty() ? null : builder.matcher(key, expression);
	}

	public record Step(@Nullable Template send, @Nullable MessageMatcher await, List<FailOn> failOn, String onlyIf,
			String unless, boolean hidden) {

		boolean isConditional() {
			return !this.onlyIf.isEmpty() || !this.unless.isEmpty();
		}

		@Nullable FailOn refusal(ParsedMessage message) {
			for (FailOn failOn : this.failOn) {
				if (message.matches(failOn.when())) {
					return failOn;
				}
			}
			return null;
		}

	}

	public record FailOn(MessageMatcher when, ReconnectAction action, boolean repeat, @Nullable Duration after) {

	}

	public record AutoReply(MessageMatcher when, AnswerTemplate answer, boolean hidden) {

	}

	private record Capture(String name, Locator from, @Nullable MessageMatcher when) {

	}

	public record ReconnectMessage(String name, MessageMatcher when, ReconnectAction action) {

	}

}
