package io.github.resilientws.autoconfigure;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.core.annotation.AnnotatedElementUtils;
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
import io.github.resilientws.protocol.WebSocketFrameCodecFactory;
import io.github.resilientws.reconnect.ReconnectPolicy;
import io.github.resilientws.settings.FramingRules;
import io.github.resilientws.settings.FramingSettings;
import io.github.resilientws.store.OutboxStoreFactory;
import io.github.resilientws.transport.WebSocketTransport;
import io.github.resilientws.transport.WebSocketTransportDecorator;

/**
 * Beans that contribute to clients: a bean with the qualifier {@link WebSocketClientName}
 * serves that client, a bean without it serves all clients. Beans that a client uses are
 * resolved like an injection point, in parent contexts too. Listeners, observers and
 * customizers of builders serve only the clients of their own context.
 */
final class ClientCollaborators {

	private static final Set<Class<?>> TYPES = Set.of(HandshakeCustomizer.class, ReconnectPolicy.class,
			WebSocketTransport.class, WebSocketTransportDecorator.class, OutboxStoreFactory.class,
			ResilientWebSocketClientCustomizer.class, WebSocketListenerErrorHandler.class,
			WebSocketMessageListener.class, ClientObserver.class, RetryPolicy.class, BackOffPolicy.class,
			MessageConverter.class, HandshakeObservationConvention.class, SendObservationConvention.class,
			ReceiveObservationConvention.class, TaskDecorator.class);

	private final DefaultListableBeanFactory beanFactory;

	private final ContextBeans beans;

	ClientCollaborators(DefaultListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
		this.beans = new ContextBeans(beanFactory);
	}

	// refuse clients whose beans were not registered when the application was processed
	void checkBeans(Collection<String> clients) {
		for (String name : clients) {
			if (!this.beans.isOwn(ClientNames.beanName(name))) {
				throw new InvalidConfigurationException(
						"The client '" + name
								+ "' is configured, but was not when the application was processed ahead of time",
						"Configure 'resilient-ws.clients." + name + "' when the application is built, too.");
			}
		}
	}

	// refuse qualifiers that name no client
	void checkQualifiers(Collection<String> clients) {
		for (Class<?> type : types()) {
			for (String beanName : this.beans.own(type)) {
				String qualifier = qualifier(beanName);
				if (qualifier != null && !clients.contains(qualifier)) {
					throw new InvalidConfigurationException(
							"The " + type.getSimpleName() + " bean '" + beanName
									+ "' has the qualifier @WebSocketClientName(\"" + qualifier
									+ "\"), but no such client exists" + known(qualifier, clients),
							"Correct the qualifier, or configure 'resilient-ws.clients." + qualifier + "'.");
				}
			}
		}
	}

	private String known(String qualifier, Collection<String> clients) {
		String known = clients.isEmpty() ? "; none is configured" : "; configured are: " + String.join(", ", clients);
		return this.beanFactory.containsBean(ClientNames.beanName(qualifier))
				? " in this context: it belongs to a parent context, and beans of a child do not serve it" + known
				: known;
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

	/**
	 * Return the beans of only this context, in their order.
	 * @param <T> their type
	 * @param type their type
	 * @return the beans
	 */
	<T> List<T> own(Class<T> type) {
		return this.beans.inOrder(type, this.beans.own(type));
	}

	// return the beans of only this context that serve a client, in their order
	<T> List<T> own(Class<T> type, String client) {
		return serving(type, client, this.beans.own(type));
	}

	// return all beans that serve a client, in their order
	<T> List<T> all(Class<T> type, String client) {
		return serving(type, client, this.beans.all(type));
	}

	private <T> List<T> serving(Class<T> type, String client, List<String> names) {
		List<String> serving = new ArrayList<>(qualified(names, client));
		serving.addAll(unqualified(names));
		return this.beans.inOrder(type, serving);
	}

	// return the one bean of a library type that serves a client; a qualified bean wins
	<T> @Nullable T single(Class<T> type, String client) {
		T qualified = qualified(type, client);
		return (qualified != null) ? qualified
				: one(type, unqualified(this.beans.all(type)), "without @WebSocketClientName");
	}

	// return the one bean that is qualified with a client
	<T> @Nullable T qualified(Class<T> type, String client) {
		return one(type, qualified(this.beans.all(type), client), "for the client '" + client + "'");
	}

	private <T> @Nullable T one(Class<T> type, List<String> names, String which) {
		if (names.isEmpty()) {
			return null;
		}
		String chosen = this.beans.choose(type, names);
		if (chosen == null) {
			throw new InvalidConfigurationException(
					"There are " + names.size() + " " + type.getSimpleName() + " beans " + which
							+ ", but only one can be used: " + String.join(", ", names),
					"Remove all but one, mark one as @Primary, or qualify each with @WebSocketClientName.");
		}
		return this.beans.get(type, chosen);
	}

	// return the bean that creates the codecs of a client, or null for none or a built-in
	// codec
	@Nullable WebSocketFrameCodecFactory codec(String name) {
		if (name.isEmpty() || FramingSettings.BUILT_IN_CODECS.contains(name)) {
			return null;
		}
		List<String> names = this.beans.all(WebSocketFrameCodecFactory.class);
		if (!names.contains(name)) {
			throw FramingRules.unknownCodec(name, "the names of WebSocketFrameCodecFactory beans, "
					+ (names.isEmpty() ? "of which there is none" : "which are " + String.join(", ", names)));
		}
		return this.beans.get(WebSocketFrameCodecFactory.class, name);
	}

	private List<String> qualified(List<String> names, String client) {
		return names.stream().filter((name) -> client.equals(qualifier(name))).toList();
	}

	private List<String> unqualified(List<String> names) {
		return names.stream().filter((name) -> qualifier(name) == null && this.beans.isDefaultCandidate(name)).toList();
	}

	// searches the same places as Spring, in the same order
	private @Nullable String qualifier(String beanName) {
		AbstractBeanDefinition definition = this.beans.definition(beanName);
		AutowireCandidateQualifier qualifier = (definition != null)
				? definition.getQualifier(WebSocketClientName.class.getName()) : null;
		if (qualifier != null) {
			return String.valueOf(qualifier.getAttribute(AutowireCandidateQualifier.VALUE_KEY));
		}
		WebSocketClientName annotation = (definition instanceof RootBeanDefinition merged)
				? annotation(merged.getQualifiedElement(), merged.getResolvedFactoryMethod()) : null;
		if (annotation == null) {
			annotation = this.beans.factory(beanName).findAnnotationOnBean(beanName, WebSocketClientName.class);
		}
		return (annotation != null) ? annotation.value() : null;
	}

	private static @Nullable WebSocketClientName annotation(@Nullable AnnotatedElement... elements) {
		for (AnnotatedElement element : elements) {
			WebSocketClientName annotation = (element != null)
					? AnnotatedElementUtils.findMergedAnnotation(element, WebSocketClientName.class) : null;
			if (annotation != null) {
				return annotation;
			}
		}
		return null;
	}

}
