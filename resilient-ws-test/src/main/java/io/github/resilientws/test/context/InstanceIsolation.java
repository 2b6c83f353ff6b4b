package io.github.resilientws.test.context;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;

import io.github.resilientws.ConnectForbiddenException;
import io.github.resilientws.settings.ClientSettings;
import io.github.resilientws.transport.ConnectRequest;
import io.github.resilientws.transport.ConnectionListener;
import io.github.resilientws.transport.SerialExecutor;
import io.github.resilientws.transport.WebSocketConnection;
import io.github.resilientws.transport.WebSocketTransport;

/**
 * Isolates an instance from its databases and servers, as the end of its process would:
 * connections end without a closing handshake, transactions are rolled back, and there
 * are no new ones.
 */
final class InstanceIsolation implements BeanPostProcessor {

	static final String BEAN_NAME = "resilientWebSocketInstanceIsolation";

	static final String KILLED = "the instance was killed";

	private final Set<IsolatedDataSource> dataSources = ConcurrentHashMap.newKeySet();

	private final Set<IsolatedTransport> transports = ConcurrentHashMap.newKeySet();

	private volatile boolean isolated;

	boolean isIsolated() {
		return this.isolated;
	}

	void isolate() {
		this.isolated = true;
		this.dataSources.forEach(IsolatedDataSource::closeConnections);
		this.transports.forEach(IsolatedTransport::abort);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof DataSource dataSource) {
			IsolatedDataSource wrapped = new IsolatedDataSource(dataSource, this);
			this.dataSources.add(wrapped);
			return wrapped;
		}
		return bean;
	}

	/**
	 * Decorate the transport of a client.
	 * @param client name of the client
	 * @param transport its transport
	 * @return the transport to use
	 */
	WebSocketTransport decorate(String client, WebSocketTransport transport) {
		IsolatedTransport isolatedTransport = new IsolatedTransport(transport);
		this.transports.add(isolatedTransport);
		return isolatedTransport;
	}

	private final class IsolatedTransport implements WebSocketTransport {

		private final WebSocketTransport transport;

		/** The latest attempt of the client, which ends before the next one begins. */
		private volatile @Nullable Runnable abort;

		IsolatedTransport(WebSocketTransport transport) {
			this.transport = transport;
		}

		@Override
		public void check(ClientSettings settings, boolean tls) {
			this.transport.check(settings, tls);
		}

		@Override
		public SerialExecutor newExecutor() {
			return this.transport.newExecutor();
		}

		@Override
		public WebSocketConnection connect(ConnectRequest request, SerialExecutor executor,
				ConnectionListener listener) {
			if (isIsolated()) {
				throw new ConnectForbiddenException(KILLED);
			}
			WebSocketConnection connection = this.transport.connect(request, executor, listener);
			this.abort = () -> executor.execute(connection::abort);
			// isolated while it connected
			if (isIsolated()) {
				connection.abort();
			}
			return connection;
		}

		void abort() {
			Runnable latest = this.abort;
			if (latest != null) {
				latest.run();
			}
		}

		@Override
		public void close() {
			this.transport.close();
		}

	}

}
