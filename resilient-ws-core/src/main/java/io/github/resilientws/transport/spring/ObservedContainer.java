package io.github.resilientws.transport.spring;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.Extension;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;

import io.github.resilientws.settings.WebSocketUrl;
import io.github.resilientws.transport.ResponseHeaders;

/**
 * A container for one attempt of a {@code StandardWebSocketClient}, which neither passes
 * on the headers of the answer nor lets {@code Host} be set.
 */
final class ObservedContainer implements WebSocketContainer {

	private final WebSocketContainer delegate;

	private final WebSocketUrl url;

	private final Consumer<Map<String, List<String>>> onAnswer;

	ObservedContainer(WebSocketContainer delegate, WebSocketUrl url, Consumer<Map<String, List<String>>> onAnswer) {
		this.delegate = delegate;
		this.url = url;
		this.onAnswer = onAnswer;
	}

	@Override
	public Session connectToServer(Endpoint endpoint, ClientEndpointConfig config, URI path)
			throws DeploymentException, IOException {
		ClientEndpointConfig observed = ClientEndpointConfig.Builder.create()
			.configurator(new ObservingConfigurator(config.getConfigurator()))
			.preferredSubprotocols(config.getPreferredSubprotocols())
			.extensions(config.getExtensions())
			.encoders(config.getEncoders())
			.decoders(config.getDecoders())
			.sslContext(config.getSSLContext())
			.build();
		observed.getUserProperties().putAll(config.getUserProperties());
		return this.delegate.connectToServer(endpoint, observed, path);
	}

	@Override
	public Session connectToServer(Class<? extends Endpoint> endpoint, ClientEndpointConfig config, URI path)
			throws DeploymentException, IOException {
		return this.delegate.connectToServer(endpoint, config, path);
	}

	@Override
	public Session connectToServer(Object endpoint, URI path) throws DeploymentException, IOException {
		return this.delegate.connectToServer(endpoint, path);
	}

	@Override
	public Session connectToServer(Class<?> endpoint, URI path) throws DeploymentException, IOException {
		return this.delegate.connectToServer(endpoint, path);
	}

	@Override
	public long getDefaultAsyncSendTimeout() {
		return this.delegate.getDefaultAsyncSendTimeout();
	}

	@Override
	public void setAsyncSendTimeout(long timeout) {
		this.delegate.setAsyncSendTimeout(timeout);
	}

	@Override
	public long getDefaultMaxSessionIdleTimeout() {
		return this.delegate.getDefaultMaxSessionIdleTimeout();
	}

	@Override
	public void setDefaultMaxSessionIdleTimeout(long timeout) {
		this.delegate.setDefaultMaxSessionIdleTimeout(timeout);
	}

	@Override
	public int getDefaultMaxBinaryMessageBufferSize() {
		return this.delegate.getDefaultMaxBinaryMessageBufferSize();
	}

	@Override
	public void setDefaultMaxBinaryMessageBufferSize(int max) {
		this.delegate.setDefaultMaxBinaryMessageBufferSize(max);
	}

	@Override
	public int getDefaultMaxTextMessageBufferSize() {
		return this.delegate.getDefaultMaxTextMessageBufferSize();
	}

	@Override
	public void setDefaultMaxTextMessageBufferSize(int max) {
		this.delegate.setDefaultMaxTextMessageBufferSize(max);
	}

	@Override
	public Set<Extension> getInstalledExtensions() {
		return this.delegate.getInstalledExtensions();
	}

	/**
	 * Sets headers of the request and reads headers of the answer.
	 */
	private final class ObservingConfigurator extends ClientEndpointConfig.Configurator {

		private final ClientEndpointConfig.Configurator configurator;

		ObservingConfigurator(ClientEndpointConfig.Configurator configurator) {
			this.configurator = configurator;
		}

		@Override
		public void beforeRequest(Map<String, List<String>> headers) {
			this.configurator.beforeRequest(headers);
			// the container would also send the zone of an IPv6 address
			headers.put("Host", List.of(ObservedContainer.this.url.hostHeader()));
			// some servers compare the case of RFC 6455, section 1.3
			headers.put("Connection", List.of("Upgrade"));
		}

		@Override
		public void afterResponse(HandshakeResponse response) {
			this.configurator.afterResponse(response);
			ObservedContainer.this.onAnswer.accept(ResponseHeaders.copyOf(response.getHeaders()));
		}

	}

}
