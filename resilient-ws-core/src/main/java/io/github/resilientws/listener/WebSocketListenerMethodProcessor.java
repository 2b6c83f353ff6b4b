package io.github.resilientws.listener;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.util.Assert;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.WebSocketListener;

/**
 * Registers the {@link WebSocketListener} methods of all beans with their clients, once
 * all singletons exist and before a client connects. It removes them at the end of the
 * context. One {@code WebSocketMessageListener} per client calls the methods in
 * {@code @Order}, then in the order in which beans and methods are declared. If a method
 * fails, the others are still called for the message; then the first failure is thrown,
 * with the others suppressed in it.
 * <p>
 * Binary messages go to methods without {@code when} and {@code payload} that take
 * {@code byte[]}, {@code ByteBuffer}, {@code InboundMessage} or no payload. A method with
 * a {@code payload} locator is not called if the locator finds nothing or a JSON null. A
 * method that takes an {@code InboundMessage} always receives the whole message.
 *
 * @since 0.1
 */
public class WebSocketListenerMethodProcessor implements SmartInitializingSingleton, BeanFactoryAware, DisposableBean {

	private static final AutoCloseable PENDING = () -> {
	};

	private final Function<String, @Nullable MessageConverter> converters;

	private final Function<ResilientWebSocketClient, String> payloads;

	/** Handles that remove the methods of a client, by its name. */
	private final Map<String, AutoCloseable> registrations = new ConcurrentHashMap<>();

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	// written once all singletons exist; read by the threads that create clients later
	private volatile @Nullable ListenerMethodAssignment methods;

	/**
	 * Create a processor.
	 * @param converters returns the converter of the client of the given name, or
	 * {@code null} for JSON by Jackson
	 */
	public WebSocketListenerMethodProcessor(Function<String, @Nullable MessageConverter> converters) {
		this(converters, (client) -> "");
	}

	/**
	 * Create a processor.
	 * @param converters returns the converter of the client of the given name, or
	 * {@code null} for JSON by Jackson
	 * @param payloads returns the {@code subscription.payload} of a client, or an empty
	 * text
	 */
	public WebSocketListenerMethodProcessor(Function<String, @Nullable MessageConverter> converters,
			Function<ResilientWebSocketClient, String> payloads) {
		Assert.notNull(converters, "'converters' must not be null");
		Assert.notNull(payloads, "'payloads' must not be null");
		this.converters = converters;
		this.payloads = payloads;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		Assert.isInstanceOf(ConfigurableListableBeanFactory.class, beanFactory);
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
	}

	/**
	 * Register the methods with the existing clients.
	 * @throws InvalidListenerException if a method cannot be a listener, names an unknown
	 * client, or has a wrong matcher or locator
	 */
	@Override
	public void afterSingletonsInstantiated() {
		ConfigurableListableBeanFactory beanFactory = this.beanFactory;
		Assert.state(beanFactory != null, "'beanFactory' must be set");
		List<ListenerMethod> found = new ListenerMethodScanner(beanFactory).scan();
		if (found.isEmpty()) {
			return;
		}
		ResilientWebSocketClients clients = beanFactory.getBeanProvider(ResilientWebSocketClients.class)
			.getIfAvailable();
		Assert.state(clients != null, () -> found.get(0).signature().description()
				+ " needs a bean of type ResilientWebSocketClients, but there is none");
		DefaultConverterSupplier defaultConverter = new DefaultConverterSupplier(beanFactory.getBeanClassLoader());
		ListenerMethodAssignment methods = new ListenerMethodAssignment(found, (client) -> {
			MessageConverter converter = this.converters.apply(client);
			return (converter != null) ? converter : defaultConverter.get();
		});
		methods.checkNames(clients);
		this.methods = methods;
		clients.forEach(this::register);
	}

	/**
	 * Register the methods that name no client, or this one, with a client that was
	 * created after the start. They are registered once per client. Before the start the
	 * call does nothing, because the start registers all clients.
	 * @param client the client
	 * @throws InvalidListenerException if a method has a wrong matcher or locator, or no
	 * converter reads its payload
	 */
	public void register(ResilientWebSocketClient client) {
		ListenerMethodAssignment methods = this.methods;
		if (methods == null) {
			return;
		}
		ListenerGroup group = methods.group(client);
		List<ListenerMethod> subscribing = methods.subscribing(client);
		if ((group == null && subscribing.isEmpty())
				|| this.registrations.putIfAbsent(client.getName(), PENDING) != null) {
			return;
		}
		List<AutoCloseable> handles = new ArrayList<>();
		if (group != null) {
			handles.add(client.addListener(group));
		}
		for (ListenerMethod method : subscribing) {
			ListenerGroup listener = methods.subscribed(client, method, this.payloads.apply(client));
			for (String destination : method.destinations()) {
				handles.add(subscribe(client, method, destination, listener));
			}
		}
		this.registrations.put(client.getName(), () -> closeAll(handles));
	}

	private static AutoCloseable subscribe(ResilientWebSocketClient client, ListenerMethod method, String destination,
			ListenerGroup listener) {
		try {
			return client.subscribe(destination, listener);
		}
		catch (IllegalStateException ex) {
			throw new InvalidListenerException(method.signature().description() + ": client '" + client.getName()
					+ "' cannot subscribe; set resilient-ws.clients." + client.getName()
					+ ".subscription.send, the template of the message that subscribes", ex);
		}
	}

	private static void closeAll(List<AutoCloseable> handles) throws Exception {
		for (AutoCloseable handle : handles) {
			handle.close();
		}
	}

	/**
	 * Forget a client that was removed.
	 * @param name name of the client
	 */
	public void unregister(String name) {
		this.registrations.remove(name);
	}

	@Override
	public void destroy() throws Exception {
		for (AutoCloseable registration : this.registrations.values()) {
			registration.close();
		}
		this.registrations.clear();
	}

}
