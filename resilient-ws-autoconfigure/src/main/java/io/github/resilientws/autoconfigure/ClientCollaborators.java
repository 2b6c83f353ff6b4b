package io.github.resilientws.autoconfigure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.core.task.TaskDecorator;
import org.springframework.messaging.converter.MessageConverter;
import org.springframework.retry.RetryPolicy;
import org.springframework.retry.backoff.BackOffPolicy;
import org.springframework.util.ClassUtils;

import io.github.resilientws.ClientObserver;
import io.github.resilientws.HandshakeCustomizer;
import io.github.resilientws.ResilientWebSocketClientCustomizer;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.WebSocketListenerErrorHandler;
import io.github.resilientws.WebSocketMessageListener;
import io.github.resilientws.autoconfigure.config.ClientNames;
import io.github.resilientws.autoconfigure.config.InvalidConfigurationException;
import io.github.resilientws.observation.HandshakeObservationConvention;
import io.github.resilientws.observation.ReceiveObservationConvention;
import io.github.resilientws.observation.SendObservationConvention;
import io.github.resilientws.reconnect.ReconnectPolicy;
import io.github.resilientws.store.OutboxStoreFactory;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WebSocketTransportDecorator;

/**
 * Beans that take part in clients: one qualified by {@link WebSocketClientName} serves
 * that client, one without the qualifier serves all.
 */
final class ClientCollaborators {

	private static final Set<Class<?>> TYPES = Set.of(HandshakeCustomizer.class, ReconnectPolicy.class,
			WebSocketTransport.class, WebSocketTransportDecorator.class, OutboxStoreFactory.class,
			ResilientWebSocketClientCustomizer.class, WebSocketListenerErrorHandler.class,
			WebSocketMessageListener.class, ClientObserver.class, RetryPolicy.class, BackOffPolicy.class,
			MessageConverter.class, HandshakeObservationConvention.class, SendObservationConvention.class,
			ReceiveObservationConvention.class, TaskDecorator.class);

	private final DefaultListableBeanFactory beanFactory;

	ClientCollaborators(DefaultListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	// refuse clients whose beans were not registered when the application was processed
	void checkBeans(Collection<String> clients) {
		for (String name : clients) {
			if (!this.beanFactory.containsBean(ClientNames.beanName(name))) {
				throw new InvalidConfigurationException(
						"The client '" + name
								+ "' is configured, but the application was processed ahead of time without it",
						"Configure 'resilient-ws.clients." + name + "' when the application is built, too.");
			}
		}
	}

	// refuse qualifiers that name no client
	void checkQualifiers(Collection<String> clients) {
		for (Class<?> type : types()) {
			for (String beanName : this.beanFactory.getBeanNamesForType(type)) {
				String qualifier = qualifier(beanName);
				if (qualifier != null && !clients.contains(qualifier)) {
					throw new InvalidConfigurationException(
							"The " + type.getSimpleName() + " bean '" + beanName
									+ "' has the qualifier @WebSocketClientName(\"" + qualifier
									+ "\"), but there is no such client; "
									+ (clients.isEmpty() ? "none is configured"
											: "configured are: " + String.join(", ", clients)),
							"Correct the qualifier, or configure 'resilient-ws.clients." + qualifier + "'.");
				}
			}
		}
	}

	private Set<Class<?>> types() {
		Set<Class<?>> types = new LinkedHashSet<>(TYPES);
		try {
			types.add(ClassUtils.forName(ClientTransports.WEB_SOCKET_CLIENT, this.beanFactory.getBeanClassLoader()));
		}
		catch (ClassNotFoundException ex) {
			// then there is no such bean either
		}
		return types;
	}

	// return all beans that serve a client, in their order
	<T> List<T> all(Class<T> type, String client) {
		List<String> names = names(type, client);
		names.addAll(names(type, null));
		return names.stream()
			.map((name) -> new Ordered<>(this.beanFactory.getBean(name, type), this.beanFactory.getOrder(name)))
			.sorted(Comparator.comparingInt(Ordered::order))
			.map(Ordered::bean)
			.toList();
	}

	// return the one bean of a type of ours that serves a client: a qualified one wins
	<T> @Nullable T single(Class<T> type, String client) {
		T qualified = qualified(type, client);
		return (qualified != null) ? qualified : shared(type);
	}

	// return the one bean that is qualified with a client
	<T> @Nullable T qualified(Class<T> type, String client) {
		return one(type, names(type, client), "for the client '" + client + "'");
	}

	// return the one bean that serves all clients
	private <T> @Nullable T shared(Class<T> type) {
		return one(type, names(type, null), "without @WebSocketClientName");
	}

	private <T> @Nullable T one(Class<T> type, List<String> names, String which) {
		if (names.size() > 1) {
			List<String> primary = names.stream().filter(this::isPrimary).toList();
			if (primary.size() != 1) {
				throw new InvalidConfigurationException(
						"There are " + names.size() + " " + type.getSimpleName() + " beans " + which
								+ ", but only one can be used: " + String.join(", ", names),
						"Remove all but one, mark one as @Primary, or tell them apart by @WebSocketClientName.");
			}
			return this.beanFactory.getBean(primary.get(0), type);
		}
		return names.isEmpty() ? null : this.beanFactory.getBean(names.get(0), type);
	}

	private List<String> names(Class<?> type, @Nullable String client) {
		List<String> names = new ArrayList<>();
		for (String beanName : this.beanFactory.getBeanNamesForType(type)) {
			String qualifier = qualifier(beanName);
			if ((client != null) ? client.equals(qualifier) : qualifier == null) {
				names.add(beanName);
			}
		}
		return names;
	}

	private boolean isPrimary(String beanName) {
		return this.beanFactory.containsBeanDefinition(beanName)
				&& this.beanFactory.getMergedBeanDefinition(beanName).isPrimary();
	}

	private @Nullable String qualifier(String beanName) {
		if (this.beanFactory.containsBeanDefinition(beanName)) {
			BeanDefinition definition = this.beanFactory.getMergedBeanDefinition(beanName);
			AutowireCandidateQualifier qualifier = (definition instanceof AbstractBeanDefinition abstractDefinition)
					? abstractDefinition.getQualifier(WebSocketClientName.class.getName()) : null;
			if (qualifier != null) {
				return String.valueOf(qualifier.getAttribute(AutowireCandidateQualifier.VALUE_KEY));
			}
		}
		WebSocketClientName annotation = this.beanFactory.findAnnotationOnBean(beanName, WebSocketClientName.class);
		return (annotation != null) ? annotation.value() : null;
	}

	private record Ordered<T>(T bean, int order) {

	}

}
