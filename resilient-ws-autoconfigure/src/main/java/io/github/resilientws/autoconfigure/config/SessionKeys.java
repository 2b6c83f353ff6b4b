package io.github.resilientws.autoconfigure.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.autoconfigure.config.SessionProperties.AutoReply;
import io.github.resilientws.autoconfigure.config.SessionProperties.Capture;
import io.github.resilientws.autoconfigure.config.SessionProperties.FailOn;
import io.github.resilientws.autoconfigure.config.SessionProperties.FailOnAction;
import io.github.resilientws.autoconfigure.config.SessionProperties.Step;
import io.github.resilientws.settings.ReconnectAction;
import io.github.resilientws.settings.SessionSettings;

/**
 * The keys below {@code session}.
 */
final class SessionKeys {

	private SessionKeys() {
	}

	static SettingKeys<SessionProperties, SessionSettings> create() {
		return new SettingKeys<SessionProperties, SessionSettings>()
			.key("timeout", SessionProperties::timeout, SessionSettings::timeout, SessionSettings::withTimeout)
			.key("steps", SessionSettings::steps, SettingsView::steps, (session, settings) -> settings.withSteps(
					session.get(SessionProperties::steps, List.<Step>of()).stream().map(SessionKeys::step).toList()))
			.key("auto-replies", SessionSettings::autoReplies, SettingsView::autoReplies,
					(session, settings) -> settings.withAutoReplies(autoReplies(session)))
			.key("captures", SessionSettings::captures, SettingsView::captures,
					(session, settings) -> settings.withCaptures(captures(session)))
			.secret("resume-url", SessionProperties::resumeUrl, SessionSettings::resumeUrl,
					SessionSettings::withResumeUrl);
	}

	private static SessionSettings.Step step(Step step) {
		List<FailOn> failOn = (step.failOn() != null) ? step.failOn() : List.of();
		return new SessionSettings.Step(ClientKeys.text(step.send()), ClientKeys.text(step.await()),
				failOn.stream().map(SessionKeys::failOn).toList(), ClientKeys.text(step.onlyIf()),
				ClientKeys.text(step.unless()), isHidden(step.hidden()));
	}

	private static SessionSettings.FailOn failOn(FailOn answer) {
		FailOnAction action = (answer.action() != null) ? answer.action() : FailOnAction.REFRESH;
		boolean repeat = action == FailOnAction.REPEAT;
		return new SessionSettings.FailOn(ClientKeys.text(answer.when()),
				repeat ? SessionSettings.FailOn.DEFAULT_ACTION : ReconnectAction.valueOf(action.name()), repeat,
				answer.after());
	}

	private static List<SessionSettings.AutoReply> autoReplies(PropertyFallback<SessionProperties> session) {
		List<SessionSettings.AutoReply> replies = new ArrayList<>();
		for (AutoReply reply : session.get(SessionProperties::autoReplies, List.<AutoReply>of())) {
			replies.add(new SessionSettings.AutoReply(ClientKeys.text(reply.when()), ClientKeys.text(reply.send()),
					isHidden(reply.hidden())));
		}
		return replies;
	}

	// merged leaf by leaf, as the keys of a client
	private static Map<String, SessionSettings.Capture> captures(PropertyFallback<SessionProperties> session) {
		Map<String, SessionSettings.Capture> captures = new LinkedHashMap<>();
		session.map(SessionProperties::captures).keySet().forEach((name) -> {
			PropertyFallback<Capture> capture = session.at((properties) -> capture(properties, name));
			captures.put(name,
					new SessionSettings.Capture(capture.get(Capture::from, ""), capture.get(Capture::when, "")));
		});
		return captures;
	}

	private static @Nullable Capture capture(SessionProperties session, String name) {
		return (session.captures() != null) ? session.captures().get(name) : null;
	}

	private static boolean isHidden(@Nullable Boolean hidden) {
		return hidden == null || hidden;
	}

}
