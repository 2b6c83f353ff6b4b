package io.github.resilientws.test.context;

import org.springframework.context.ConfigurableApplicationContext;

import io.github.resilientws.ConnectionState;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;

/**
 * One running instance of the application. Any thread may use it.
 *
 * @since 0.1
 */
public final class ApplicationInstance {

	private final int number;

	private final ConfigurableApplicationContext context;

	private final InstanceIsolation isolation;

	ApplicationInstance(int number, ConfigurableApplicationContext context, InstanceIsolation isolation) {
		this.number = number;
		this.context = context;
		this.isolation = isolation;
	}

	/**
	 * Return the application context.
	 * @return the context; closed if the instance was killed or stopped
	 */
	public ConfigurableApplicationContext getContext() {
		return this.context;
	}

	/**
	 * Return a bean of the instance.
	 * @param <T> type of the bean
	 * @param type type of the bean
	 * @return the only bean of this type, or the primary one
	 * @throws org.springframework.beans.BeansException if there is no such bean
	 */
	public <T> T getBean(Class<T> type) {
		return this.context.getBean(type);
	}

	/**
	 * Return a client of the instance.
	 * @param name name of the client
	 * @return the client
	 * @throws IllegalArgumentException if the instance has no such client
	 */
	public ResilientWebSocketClient getClient(String name) {
		return getBean(ResilientWebSocketClients.class).get(name);
	}

	boolean isOwner(String client) {
		ConnectionState state = getClient(client).getState();
		return switch (state) {
			case IDLE, STANDBY, DRAINING, CLOSED -> false;
			case CONNECTING, ESTABLISHING, READY, BACKING_OFF, SUSPENDED, FAILED -> true;
		};
	}

	/** End the connections of the instance, so that nothing it does leaves it. */
	void isolate() {
		this.isolation.isolate();
	}

	@Override
	public String toString() {
		return "instance-" + this.number;
	}

}
