package io.github.resilientws.autoconfigure.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.CollectionUtils;
import org.springframework.util.StringUtils;

import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties.Client;
import io.github.resilientws.settings.InvalidSettingException;

/**
 * The URLs of a client. Exceptions do not contain their text, which may contain secrets.
 *
 * @since 0.1
 */
public final class ClientUrls {

	private ClientUrls() {
	}

	/**
	 * Return the URLs of a client.
	 * @param own properties of the client
	 * @param shared properties of the defaults, used if the client has no URL
	 * @return the URLs; empty if none is configured
	 * @throws InvalidSettingException if a URL is malformed
	 */
	public static List<URI> of(@Nullable Client own, @Nullable Client shared) {
		boolean overridden = own != null && (own.url() != null || own.urls() != null);
		return of(overridden ? own : shared);
	}

	private static List<URI> of(@Nullable Client client) {
		if (client == null) {
			return List.of();
		}
		if (StringUtils.hasText(client.url()) && !CollectionUtils.isEmpty(client.urls())) {
			throw new InvalidSettingException("urls", "", "set either url or urls, not both");
		}
		if (StringUtils.hasText(client.url())) {
			return List.of(parse("url", client.url()));
		}
		List<URI> result = new ArrayList<>();
		if (client.urls() != null) {
			for (String url : client.urls()) {
				result.add(parse("urls[" + result.size() + "]", url));
			}
		}
		return result;
	}

	private static URI parse(String key, String text) {
		if (text.contains("${")) {
			throw new InvalidSettingException(key, "", Placeholders.UNRESOLVED);
		}
		if (text.contains("{{")) {
			throw new InvalidSettingException(key, "", "holds a {{template}}, which no URL can have; use a"
					+ " ${placeholder}, or let a HandshakeCustomizer set the URL");
		}
		try {
			return new URI(text.trim());
		}
		catch (URISyntaxException ex) {
			throw new InvalidSettingException(key, "", "is no URL (character " + (ex.getIndex() + 1)
					+ "); allowed is ws://host[:port][/path][?query] or wss://...");
		}
	}

}
