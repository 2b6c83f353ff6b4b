package io.github.resilientws.transport.spring;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.core.task.support.TaskExecutorAdapter;
import org.springframework.util.Assert;
import org.springframework.util.ReflectionUtils;
import org.springframework.web.socket.client.WebSocketClient;
import org.springframework.web.socket.client.standard.StandardWebSocketClient;

import io.github.resilientws.FailureDescription;
import io.github.resilientws.settings.TlsSettings;
import io.github.resilientws.settings.WebSocketUrl;
import io.github.resilientws.transport.ConnectRequest;

/**
 * Clients of one container, which this transport creates for the first attempt and owns.
 */
final class ContainerClients implements Clients, AutoCloseable {

	private static final Log logger = LogFactory.getLog(ContainerClients.class);

	// guarded by this
	private @Nullable WebSocketContainer container;

	@Override
	public WebSocketClient forAttempt(ConnectRequest request, Consumer<Map<String, List<String>>> onAnswer) {
		// objects without resources: their settings apply to one attempt
		StandardWebSocketClient client = new StandardWebSocketClient(
				new ObservedContainer(container(), WebSocketUrl.of(request.url()), onAnswer));
		client.setTaskExecutor(new TaskExecutorAdapter(Runnable::run));
		client.setUserProperties(Clients.properties(request));
		TlsSettings tls = request.tls();
		if (tls != null) {
			client.setSslContext(TunedSslContext.of(tls));
		}
		return client;
	}

	@Override
	public boolean resolvesNames() {
		return true;
	}

	private synchronized WebSocketContainer container() {
		if (this.container == null) {
			this.container = ContainerProvider.getWebSocketContainer();
			Assert.state(this.container != null, "no WebSocket container is on the class path");
		}
		return this.container;
	}

	/** Let Tomcat end its threads; the API has no method for that. */
	@Override
	public synchronized void close() {
		if (this.container != null) {
			Method destroy = ReflectionUtils.findMethod(this.container.getClass(), "destroy");
			try {
				if (destroy != null) {
					ReflectionUtils.invokeMethod(destroy, this.container);
				}
			}
			catch (RuntimeException ex) {
				logger.warn("The WebSocket container could not be closed: " + FailureDescription.describe(ex));
			}
			this.container = null;
		}
	}

}
