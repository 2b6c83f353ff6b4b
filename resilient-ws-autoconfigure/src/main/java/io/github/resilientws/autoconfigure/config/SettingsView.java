package io.github.resilientws.autoconfigure.config;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

import org.springframework.util.unit.DataSize;

import io.github.resilientws.autoconfigure.config.ClientConfiguration.Store;
import io.github.resilientws.settings.ReconnectSettings.OnMessage;
import io.github.resilientws.settings.SessionSettings.AutoReply;
import io.github.resilientws.settings.SessionSettings.Capture;
import io.github.resilientws.settings.SessionSettings.FailOn;
import io.github.resilientws.settings.SessionSettings.Step;
import io.github.resilientws.settings.WebSocketUrl;

/**
 * Settings under the names of their properties, without secrets: values of headers and
 * templates are masked, URLs are reduced to scheme, host and port.
 *
 * @since 0.1
 */
public final class SettingsView {

	private static final String MASK = "******";

	private SettingsView() {
	}

	/**
	 * Return a configuration as the endpoint shows it.
	 * @param configuration the configuration
	 * @return values by key; groups are nested
	 */
	public static Map<String, Object> of(ClientConfiguration configuration) {
		Map<String, Object> view = new LinkedHashMap<>(ClientKeys.ALL.describe(configuration.settings()));
		view.putAll(ClientConfigurationKeys.ALL.describe(configuration));
		if (configuration.store() == Store.BEAN && configuration.settings().delivery().isAtLeastOnce()) {
			Map<String, Object> queue = QueueKeys.create().describe(configuration.settings().queue());
			queue.put("store", text(configuration.store()));
			view.put("queue", queue);
		}
		return view;
	}

	static List<String> locations(List<URI> urls) {
		return urls.stream().map((url) -> WebSocketUrl.of(url).location()).toList();
	}

	static List<Map<String, Object>> steps(List<Step> steps) {
		return steps.stream().map(SettingsView::step).toList();
	}

	private static Map<String, Object> step(Step step) {
		Map<String, Object> view = new LinkedHashMap<>();
		view.put("if", step.onlyIf());
		view.put("unless", step.unless());
		view.put("send", mask(step.send()));
		view.put("await", step.await());
		view.put("hidden", step.hidden());
		view.put("fail-on", step.failOn().stream().map(SettingsView::failOn).toList());
		return view;
	}

	private static Map<String, Object> failOn(FailOn answer) {
		Map<String, Object> view = new LinkedHashMap<>();
		view.put("when", answer.when());
		view.put("action", answer.repeat() ? "repeat" : text(answer.action()));
		if (answer.after() != null) {
			view.put("after", answer.after().toString());
		}
		return view;
	}

	static Map<String, Object> captures(Map<String, Capture> captures) {
		Map<String, Object> view = new LinkedHashMap<>();
		new TreeMap<>(captures)
			.forEach((name, capture) -> view.put(name, Map.of("from", capture.from(), "when", capture.when())));
		return view;
	}

	static List<Map<String, Object>> onMessage(List<OnMessage> messages) {
		return messages.stream()
			.map((message) -> Map.<String, Object>of("when", message.when(), "action", text(message.action())))
			.toList();
	}

	static List<Map<String, Object>> autoReplies(List<AutoReply> replies) {
		return replies.stream()
			.map((reply) -> Map.<String, Object>of("when", reply.when(), "send", mask(reply.send()), "hidden",
					reply.hidden()))
			.toList();
	}

	/**
	 * Return a value as the endpoint shows it.
	 * @param value the value
	 * @return a number, a boolean, a text, or a map or list of them
	 */
	static Object show(Object value) {
		if (value instanceof Enum<?> constant) {
			return text(constant);
		}
		if (value instanceof DataSize size) {
			return size.toBytes();
		}
		if (value instanceof Map<?, ?> map) {
			Map<String, Object> view = new LinkedHashMap<>();
			new TreeMap<>(map).forEach((key, element) -> view.put(String.valueOf(key), show(element)));
			return view;
		}
		return (value instanceof Duration) ? value.toString() : value;
	}

	/**
	 * Return the masked form of a secret, which shows whether it is set, and the keys of
	 * a map.
	 * @param value the secret
	 * @return the mask, or a map or list of masks
	 */
	static Object mask(Object value) {
		if (value instanceof Map<?, ?> map) {
			Map<String, Object> view = new LinkedHashMap<>();
			new TreeSet<>(map.keySet()).forEach((key) -> view.put(String.valueOf(key), MASK));
			return view;
		}
		if (value instanceof Collection<?> collection) {
			return collection.stream().map(SettingsView::mask).toList();
		}
		return value.toString().isEmpty() ? "" : MASK;
	}

	private static String text(Enum<?> constant) {
		return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
