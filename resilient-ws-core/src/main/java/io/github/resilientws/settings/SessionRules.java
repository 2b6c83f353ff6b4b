package io.github.resilientws.settings;

import java.util.List;

import io.github.resilientws.settings.SessionSettings.AutoReply;
import io.github.resilientws.settings.SessionSettings.FailOn;
import io.github.resilientws.settings.SessionSettings.Step;

/**
 * Rules for {@code session.*}.
 */
final class SessionRules {

	private SessionRules() {
	}

	static void check(SessionSettings settings) {
		DurationRules.check("session.timeout", settings.timeout());
		for (int i = 0; i < settings.steps().size(); i++) {
			checkStep("session.steps[" + i + "]", settings.steps().get(i));
		}
		for (int i = 0; i < settings.autoReplies().size(); i++) {
			AutoReply reply = settings.autoReplies().get(i);
			require("session.auto-replies[" + i + "].when", reply.when(), "the matcher of the question");
			require("session.auto-replies[" + i + "].send", reply.send(), "the template of the answer");
		}
	}

	private static void checkStep(String key, Step step) {
		if (step.send().isEmpty() && step.await().isEmpty()) {
			throw new InvalidSettingException(key, "", "a step needs send, await, or both");
		}
		List<FailOn> failOn = step.failOn();
		for (int i = 0; i < failOn.size(); i++) {
			require(key + ".fail-on[" + i + "].when", failOn.get(i).when(),
					"the matcher of the answer that ends the attempt");
		}
	}

	private static void require(String key, String value, String setting) {
		if (value.isEmpty()) {
			throw new InvalidSettingException(key, "", "is missing; needed is " + setting);
		}
	}

}
