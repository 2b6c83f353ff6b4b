package io.github.resilientws.autoconfigure;

import java.net.URI;
import java.util.List;

import org.jspecify.annotations.Nullable;

import io.github.resilientws.autoconfigure.config.ClientUrls;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties;

/**
 * The URLs of the properties; the first one of several.
 */
final class PropertiesResilientWebSocketConnectionDetails implements ResilientWebSocketConnectionDetails {

	private final ResilientWebSocketProperties properties;

	PropertiesResilientWebSocketConnectionDetails(ResilientWebSocketProperties properties) {
		this.properties = properties;
	}

	@Override
	public @Nullable URI getUrl(String clientName) {
		List<URI> urls = ClientUrls.of(this.properties.clients().get(clientName), this.properties.defaults());
		return urls.isEmpty() ? null : urls.get(0);
	}

}
