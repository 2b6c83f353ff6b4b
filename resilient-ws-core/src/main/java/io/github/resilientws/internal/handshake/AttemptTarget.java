package io.github.resilientws.internal.handshake;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.protocol.Template;
import io.github.resilientws.protocol.TemplateValues;
import io.github.resilientws.settings.InvalidSettingException;
import io.github.resilientws.settings.UrlRules;
import io.github.resilientws.settings.WebSocketUrl;

/**
 * Where an attempt connects to, and what it sends there.
 *
 * @param url the URL
 * @param headers headers of the opening handshake
 */
record AttemptTarget(URI url, Map<String, String> headers) {

	private static final String ORIGIN = "Origin";

	/**
	 * Return the target of an attempt that resumes a session
	 * ({@code session.resume-url}). The host may come from the server, so it gets no
	 * header but {@code Origin} unless it is known, and TLS is not given up.
	 * @param template the URL
	 * @param values values of the template
	 * @param known servers that the settings or a customizer name
	 * @param headers headers for those servers
	 * @return the target
	 * @throws PreparationException if the URL is not allowed; the text shows no part of
	 * it
	 */
	static AttemptTarget resume(Template template, TemplateValues values, List<WebSocketUrl> known,
			Map<String, String> headers) {
		URI url = parse(template.render(values.forText((name) -> null)));
		WebSocketUrl server = WebSocketUrl.of(url);
		if (!server.secure() && known.stream().anyMatch(WebSocketUrl::secure)) {
			throw new PreparationException("session.resume-url must not leave wss for ws");
		}
		return new AttemptTarget(url, known.stream().anyMatch(isSame(server)) ? headers : origin(headers.get(ORIGIN)));
	}

	private static URI parse(String text) {
		URI url;
		try {
			url = URI.create(text);
			UrlRules.check("session.resume-url", url);
		}
		catch (InvalidSettingException ex) {
			throw new PreparationException("session.resume-url, with its values, " + ex.getReason());
		}
		catch (IllegalArgumentException ex) {
			// its message shows the URL
			throw new PreparationException("session.resume-url, with its values, is not a URL");
		}
		return url;
	}

	private static Predicate<WebSocketUrl> isSame(WebSocketUrl server) {
		return (known) -> known.connectHost().equalsIgnoreCase(server.connectHost()) && known.port() == server.port();
	}

	private static Map<String, String> origin(@Nullable String origin) {
		return (origin != null) ? Map.of(ORIGIN, origin) : Map.of();
	}

}
