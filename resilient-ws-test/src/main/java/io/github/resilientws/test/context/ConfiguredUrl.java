package io.github.resilientws.test.context;

import java.net.URI;

/**
 * Moves a configured URL to another server. Path and query are kept.
 */
final class ConfiguredUrl {

	private ConfiguredUrl() {
	}

	static URI at(URI server, URI configured) {
		String path = (configured.getRawPath() != null) ? configured.getRawPath() : "";
		String query = (configured.getRawQuery() != null) ? "?" + configured.getRawQuery() : "";
		// not resolve(): a path may start with two slashes
		return URI.create("ws://" + server.getRawAuthority() + (path.startsWith("/") ? "" : "/") + path + query);
	}

}
