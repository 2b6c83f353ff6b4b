package io.github.resilientws.listener;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

	private final Function<String, @Nullable MessageConverter> converters;

	private final List<AutoCloseable> registrations = new ArrayList<>();

	private @Nullable ConfigurableListableBeanFactory beanFactory;

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
	 * Register the methods.
	 * @throws InvalidListenerException if a method can't be a listener, names an unknown
	 * client, or has a wrong matcher or locator
	 */
	@Override
	public void afterSingletonsInstantiated() {
		ConfigurableListableBeanFactory beanFactory = this.beanFactory;
		Assert.state(beanFactory != null, "'beanFactory' must be set");
		List<ListenerMethod> methods = new ListenerMethodScanner(beanFactory).scan();
		if (methods.isEmpty()) {
			return;
		}
		ResilientWebSocketClients clients = beanFactory.getBeanProvider(ResilientWebSocketClients.class)
			.getIfAvailable();
		Assert.state(clients != null, () -> methods.get(0).signature().description()
				+ " needs a bean of type ResilientWebSocketClients, but there is none");
		DefaultConverter defaultConverter = new DefaultConverter(beanFactory.getBeanClassLoader());
		Map<ResilientWebSocketClient, ListenerGroup> groups = new LinkedHashMap<>();
		new ClientMethods(clients).group(methods)
			.forEach((client, own) -> groups.put(client, new ListenerGroups(client, () -> {
				MessageConverter converter = this.converters.apply(client.getName());
				return (converter != null) ? converter : defaultConverter.get();
			}).group(own)));
		groups.forEach((client, group) -> this.registrations.add(client.addListener(group)));
	}

	@Override
	public void destroy() throws Exception {
		for (AutoCloseable registration : this.registrations) {
			registration.close();
		}
		this.registrations.clear();
	}

}
