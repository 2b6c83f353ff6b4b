package io.github.resilientws.settings;

import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

import io.github.resilientws.settings.SessionSettings.AutoReply;
import io.github.resilientws.settings.SessionSettings.Capture;
import io.github.resilientws.settings.SessionSettings.FailOn;
import io.github.resilientws.settings.SessionSettings.Step;

/**
 * Rules for {@code session.*}.
 */
final class SessionRules {

	private static final Pattern WEB_SOCKET = Pattern.compile("wss?://", Pattern.CASE_INSENSITIVE);

	private SessionRules() {
	}

	static void check(SessionSettings settings, Set<String> values) {
		DurationRules.check("session.timeout", settings.timeout());
		new TreeMap<>(settings.captures()).forEach((name, capture) -> checkCapture(name, capture, values));
		checkResumeUrl(settings.resumeUrl());
		for (int i = 0; i < settings.steps().size(); i++) {
			checkStep("session.steps[" + i + "]", settings.steps().get(i));
		}
		for (int i = 0; i < settings.autoReplies().size(); i++) {
			AutoReply reply = settings.autoReplies().get(i);
			require("session.auto-replies[" + i + "].when", reply.when(), "the matcher of the question");
			require("session.auto-replies[" + i + "].send", reply.send(), "the template of the answer");
		}
	}

	private static void checkCapture(String name, Capture capture, Set<String> values) {
		String key = "session.captures." + Text.printable(name);
		ValueRules.check("session.captures.", name);
		if (values.contains(name)) {
			throw new InvalidSettingException(key, "", "is also a name under values; choose another name");
		}
		require(key + ".from", capture.from(), "the locator of the value, such as /session/id");
	}

	// the rest may stand in a value, and is checked when it is known
	private static void checkResumeUrl(String url) {
		if (!url.isEmpty() && !url.startsWith("{{") && !WEB_SOCKET.matcher(url).lookingAt()) {
			throw new InvalidSettingException("session.resume-url", "",
					"must begin with ws://, wss:// or a value, such as {{gateway:raw}}");
		}
	}

	private static void checkStep(String key, Step step) {
		if (step.send().isEmpty() && step.await().isEmpty()) {
			throw new InvalidSettingException(key, "", "a step needs send, await, or both");
		}
		List<FailOn> failOn = step.failOn();
		for (int i = 0; i < failOn.size(); i++) {
			checkFailOn(key + ".fail-on[" + i + "]", failOn.get(i));
		}
	}

	private static void checkFailOn(String key, FailOn failOn) {
		require(key + ".when", failOn.when(), "the matcher of the answer that ends the attempt");
		if (failOn.after() == null) {
			return;
		}
		if (!failOn.repeat()) {
			throw new InvalidSettingException(key + ".after", Text.of(failOn.after()),
					"is only used with action repeat; remove it, or set the action");
		}
		DurationRules.check(key + ".after", failOn.after());
	}

	private static void require(String key, String value, String setting) {
		if (value.isEmpty()) {
			throw new InvalidSettingException(key, "", "is missing; needed is " + setting);
		}
	}

}
