package io.github.resilientws.listener;

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
 * all singletons exist and before a client dials, and removes them at the end of the
 * context. One {@code WebSocketMessageListener} a client calls its methods in
 * {@code @Order}, then as beans and methods are declared. If one of them fails, the
 * others are still called for the message; then the first failure is thrown, the others
 * suppressed in it.
 * <p>
 * Binary messages go to methods without {@code when} and {@code payload} that take
 * {@code byte[]}, {@code ByteBuffer}, {@code InboundMessage} or no payload. A method with
 * a {@code payload} locator is not called when it finds nothing or a JSON null. A method
 * that takes an {@code InboundMessage} always gets the whole message.
 */
public class WebSocketListenerMethodProcessor implements SmartInitializingSingleton, BeanFactoryAware, DisposableBean {

	private static final AutoCloseable PENDING = () -> {
	};

	private final Function<String, @Nullable MessageConverter> converters;

	/** Removes the methods of each client, by its name. */
	private final Map<String, AutoCloseable> registrations = new ConcurrentHashMap<>();

	private @Nullable ConfigurableListableBeanFactory beanFactory;

	// written once all singletons exist, read by whoever registers clients later
	private volatile @Nullable ClientMethods methods;

	/**
	 * Create a processor.
	 * @param converters returns the converter of the client of the given name, or
	 * {@code null} for JSON by Jackson
	 */
	public WebSocketListenerMethodProcessor(Function<String, @Nullable MessageConverter> converters) {
		Assert.notNull(converters, "'converters' must not be null");
		this.converters = converters;
	}

	@Override
	public void setBeanFactory(BeanFactory beanFactory) {
		Assert.isInstanceOf(ConfigurableListableBeanFactory.class, beanFactory);
		this.beanFactory = (ConfigurableListableBeanFactory) beanFactory;
	}

	/**
	 * Register the methods with the clients that are there.
	 * @throws InvalidListenerException if a method can't be a listener, names an unknown
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
		DefaultConverter defaultConverter = new DefaultConverter(beanFactory.getBeanClassLoader());
		ClientMethods methods = new ClientMethods(found, (client) -> {
			MessageConverter converter = this.converters.apply(client);
			return (converter != null) ? converter : defaultConverter.get();
		});
		methods.checkNames(clients);
		this.methods = methods;
		clients.forEach(this::register);
	}

	/**
	 * Register the methods that name no client, or this one, with a client that was made
	 * after the start. A client that has them already does not get them again; before the
	 * start nothing happens, because the start comes to it.
	 * @param client the client
	 * @throws InvalidListenerException if a method has a wrong matcher or locator, or
	 * nothing can read its payload
	 */
	public void register(ResilientWebSocketClient client) {
		ClientMethods methods = this.methods;
		ListenerGroup group = (methods != null) ? methods.group(client) : null;
		if (group != null && this.registrations.putIfAbsent(client.getName(), PENDING) == null) {
			this.registrations.put(client.getName(), client.addListener(group));
		}
	}

	/**
	 * Forget a client that has come to its end.
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
