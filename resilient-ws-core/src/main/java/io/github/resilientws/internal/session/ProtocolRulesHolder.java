package io.github.resilientws.internal.session;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ConcurrentReferenceHashMap;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.protocol.MessageRulesRegistry;
import io.github.resilientws.protocol.Template;
import io.github.resilientws.protocol.TemplateValues;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.settings.ClusterSettings.Mode;
import io.github.resilientws.settings.DeliverySettings;
import io.github.resilientws.settings.HeartbeatSettings;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.SettingsRules;
import io.github.resilientws.settings.SubscriptionSettings;

/**
 * The compiled rules of a client. Any thread may request another heartbeat; the client's
 * executor applies it when it activates the rules.
 */
public final class ProtocolRulesHolder {

	private static final Log logger = LogFactory.getLog(ResilientWebSocketClient.class);

	private static final Set<String> CANCELLATION_NAMES = Set.of("id", "key", "subscription", "destination", "payload");

	// rules without matchers and locators, by the settings on which they depend
	private static final Map<List<Object>, ProtocolRules> SHARED = new ConcurrentReferenceHashMap<>();

	private final ClientSettings settings;

	private final boolean customized;

	private final MessageRulesRegistry messageRules = new MessageRulesRegistry();

	// the rules that callers requested last
	private final AtomicReference<ProtocolRules> requested;

	// owned by the executor
	private ProtocolRules current;

	/**
	 * Compile the rules of a client.
	 * @param settings the settings
	 * @param customized whether a customizer may add values that are unknown now
	 * @throws io.github.resilientws.settings.InvalidSettingException if a matcher,
	 * locator or template is wrong
	 */
	public ProtocolRulesHolder(ClientSettings settings, boolean customized) {
		this.settings = settings;
		this.customized = customized;
		this.current = compile(settings.heartbeat());
		this.requested = new AtomicReference<>(this.current);
		if (!customized) {
			checkCancellation();
		}
	}

	/**
	 * Return the rules that are active. Called on the executor.
	 * @return the rules
	 */
	public ProtocolRules current() {
		return this.current;
	}

	/**
	 * Return the matchers and locators of all rules.
	 * @return the registry, to which listeners add theirs
	 */
	public MessageRulesRegistry messageRules() {
		return this.messageRules;
	}

	/**
	 * Return the heartbeat that was requested last. May be called on any thread.
	 * @return the heartbeat
	 */
	public HeartbeatSettings heartbeat() {
		return this.requested.get().heartbeat().settings();
	}

	/**
	 * Request another heartbeat. May be called on any thread.
	 * @param update returns the new settings
	 * @throws io.github.resilientws.settings.InvalidSettingException if they are not
	 * allowed
	 */
	public void requestHeartbeat(UnaryOperator<HeartbeatSettings> update) {
		ProtocolRules before;
		ProtocolRules after;
		do {
			before = this.requested.get();
			after = compile(SettingsRules.check(update.apply(before.heartbeat().settings())));
		}
		while (!this.requested.compareAndSet(before, after));
	}

	/** Activate the rules that were requested last. Called on the executor. */
	public void activate() {
		this.current = this.requested.get();
	}

	private ProtocolRules compile(HeartbeatSettings heartbeat) {
		ProtocolRules compiled = this.messageRules
			.register((builder) -> ProtocolRules.compile(builder, heartbeat, this.settings));
		checkEnvelope();
		if (!this.customized) {
			Set<String> known = knownNames();
			compiled.requireConditions(known);
			known.addAll(TemplateValues.BUILT_IN);
			if (this.settings.cluster().mode() == Mode.ONE) {
				known.add("fence");
			}
			known.add("id");
			compiled.requireNames(known);
		}
		checkResumeUrl(compiled.resumeUrl());
		return (compiled.hasRules() || compiled.subscriptions() != null) ? compiled
				: SHARED.computeIfAbsent(List.of(heartbeat, this.settings.session()), (key) -> compiled);
	}

	private Set<String> knownNames() {
		Set<String> known = new HashSet<>(this.settings.values().keySet());
		known.addAll(this.settings.session().captures().keySet());
		return known;
	}

	// not refused, because withValue may supply any name
	private void checkCancellation() {
		SubscriptionSettings subscription = this.settings.subscription();
		if (subscription.cancel().isEmpty()) {
			return;
		}
		Set<String> known = knownNames();
		known.addAll(TemplateValues.BUILT_IN);
		known.addAll(CANCELLATION_NAMES);
		known.addAll(Template.parse("subscription.send", subscription.send()).names());
		for (String name : new TreeSet<>(
				Template.parse("subscription.cancel", subscription.cancel()).requiredNames())) {
			if (!known.contains(name)) {
				logger.warn("[" + this.settings.name() + "] only withValue supplies {{" + name
						+ "}} of subscription.cancel; known names are " + String.join(", ", new TreeSet<>(known)));
			}
		}
	}

	// a URL that needs no value of the server would replace the configured one for good
	private void checkResumeUrl(@Nullable Template resumeUrl) {
		if (resumeUrl != null && resumeUrl.requiredNames().stream().allMatch(this::isConstant)) {
			throw new InvalidSettingException("session.resume-url", "",
					"needs no value that the server sends, so it would always be used; allowed is a template with a"
							+ " capture, such as {{session}}");
		}
	}

	private boolean isConstant(String name) {
		return TemplateValues.BUILT_IN.contains(name) || this.settings.values().containsKey(name);
	}

	private void checkEnvelope() {
		DeliverySettings delivery = this.settings.delivery();
		if (!delivery.isAtLeastOnce() || !delivery.id().isEmpty()) {
			return;
		}
		for (String name : new TreeSet<>(Template.parse("delivery.envelope", delivery.envelope()).names())) {
			if (this.settings.session().captures().containsKey(name)) {
				throw new InvalidSettingException("delivery.envelope", "{{" + name + "}}",
						"is a capture, which may change; a message at least once is sent again byte for byte, so"
								+ " allowed are id, payload, uuid, now and the names under values");
			}
		}
	}

}
