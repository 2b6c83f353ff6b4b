package io.github.resilientws.internal;

import java.net.URI;
import java.util.List;

import org.springframework.util.Assert;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClientProvider;

/**
 * Creates clients without Spring Boot. They share daemon threads, which the first client
 * creates.
 */
public final class DefaultClientProvider implements ResilientWebSocketClientProvider {

	@Override
	public ResilientWebSocketClient.Builder builder(String name, URI url) {
		Assert.notNull(url, "'url' must not be null");
		return Shared.RUNTIME.builder(name).urls(List.of(url));
	}

	private static final class Shared {

		private static final ClientRuntime RUNTIME = ClientRuntime.daemon();

	}

}
