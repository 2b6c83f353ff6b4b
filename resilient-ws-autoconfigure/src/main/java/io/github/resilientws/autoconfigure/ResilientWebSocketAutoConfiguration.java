package io.github.resilientws.autoconfigure;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.LazyInitializationExcludeFilter;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.autoconfigure.condition.SearchStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.thread.Threading;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.core.annotation.Order;
import org.springframework.core.env.Environment;
import org.springframework.messaging.converter.JacksonJsonMessageConverter;
import tools.jackson.databind.json.JsonMapper;

import io.github.resilientws.DeadLetters;
import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.ResilientWebSocketClients;
import io.github.resilientws.autoconfigure.config.ClientNames;
import io.github.resilientws.autoconfigure.config.KeyCheck;
import io.github.resilientws.autoconfigure.config.KnownKeysRuntimeHints;
import io.github.resilientws.autoconfigure.config.ProtocolPropertySources;
import io.github.resilientws.autoconfigure.config.ResilientWebSocketProperties;
import io.github.resilientws.internal.ClientRuntime;
import io.github.resilientws.listener.WebSocketListenerMethodProcessor;

/**
 * Auto-configuration of the clients under {@code resilient-ws.clients}.
 *
 * @since 0.1
 */
@AutoConfiguration(afterName = "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration")
@Conditional(EnabledCondition.class)
@EnableConfigurationProperties(ResilientWebSocketProperties.class)
@Import(ResilientWebSocketClientsRegistrar.class)
@ImportRuntimeHints(KnownKeysRuntimeHints.class)
public final class ResilientWebSocketAutoConfiguration {

	@Bean
	static LazyInitializationExcludeFilter resilientWebSocketLazyInitializationExcludeFilter() {
		return (beanName, definition, type) -> ResilientWebSocketClient.class.isAssignableFrom(type)
				|| type == ClientRegistrationNotifier.class || type == ResilientWebSocketLifecycle.class
				|| type == WebSocketListenerMethodProcessor.class;
	}

	@Bean
	static BeanFactoryPostProcessor resilientWebSocketKeyCheck(ApplicationContext context) {
		Environment environment = context.getEnvironment();
		return (beanFactory) -> {
			new KeyCheck(environment).check();
			Iterable<String> clients = new ClientNames(environment, context.getParent()).find();
			if (new ProtocolPropertySources(environment, context).add(clients)) {
				// the files of protocols follow the same rules
				new KeyCheck(environment).check();
			}
		};
	}

	@Bean
	@ConditionalOnMissingBean(value = ResilientWebSocketConnectionDetails.class,
			ignored = PropertiesResilientWebSocketConnectionDetails.class)
	PropertiesResilientWebSocketConnectionDetails resilientWebSocketConnectionDetails(
			ResilientWebSocketProperties properties) {
		return new PropertiesResilientWebSocketConnectionDetails(properties);
	}

	@Bean
	ClientConfigurations resilientWebSocketClientConfigurations(ResilientWebSocketProperties properties,
			ApplicationContext context, ResilientWebSocketConnectionDetails details) {
		return new ClientConfigurations(properties, context, details);
	}

	@Bean
	ClientCollaborators resilientWebSocketClientCollaborators(DefaultListableBeanFactory beanFactory) {
		return new ClientCollaborators(beanFactory);
	}

	@Bean(ResilientWebSocketClientFactory.BEAN_NAME)
	ResilientWebSocketClientFactory resilientWebSocketClientFactory(ClientBuilderFactory builders,
			ClientConfigurations configurations, ClientCollaborators collaborators, ApplicationContext context,
			ClientConverters converters, ObjectProvider<SslBundles> sslBundles,
			ResilientWebSocketConnectionDetails details) {
		return new ResilientWebSocketClientFactory(builders, configurations, collaborators, context, converters,
				new ClientTlsBundles(sslBundles.getIfAvailable(), details));
	}

	@Bean
	ClientElections resilientWebSocketClientElections(ResilientWebSocketClientFactory factory) {
		return factory.elections();
	}

	@Bean
	@ConditionalOnMissingBean(value = ResilientWebSocketClients.class, search = SearchStrategy.CURRENT)
	DefaultResilientWebSocketClients resilientWebSocketClients(ClientCollaborators collaborators,
			ResilientWebSocketClientFactory factory, ClientConfigurations configurations,
			ClientRegistrationNotifier listeners) {
		return new DefaultResilientWebSocketClients(collaborators, factory, configurations, listeners);
	}

	@Bean
	@ConditionalOnMissingBean(value = DeadLetters.class, search = SearchStrategy.CURRENT)
	DefaultDeadLetters resilientWebSocketDeadLetters(ResilientWebSocketClients clients) {
		return new DefaultDeadLetters(clients);
	}

	@Bean
	ClientRegistrationNotifier resilientWebSocketClientRegistrationNotifier(ClientConfigurations configurations,
			ClientCollaborators collaborators, BeanFactory beanFactory) {
		return new ClientRegistrationNotifier(configurations, collaborators, beanFactory);
	}

	// before the lifecycle, which connects
	@Bean
	@Order(0)
	ClientListeners resilientWebSocketClientListeners(ApplicationContext context, ClientConfigurations configurations,
			ClientCollaborators collaborators, WebSocketListenerMethodProcessor methods) {
		return new ClientListeners(context, configurations, collaborators, methods);
	}

	@Bean
	ResilientWebSocketLifecycle resilientWebSocketLifecycle(ApplicationContext context,
			ResilientWebSocketClients clients, ClientConfigurations configurations) {
		return new ResilientWebSocketLifecycle(context, clients, configurations);
	}

	@Bean
	@ConditionalOnMissingBean(search = SearchStrategy.CURRENT)
	ClientConverters resilientWebSocketClientConverters(ClientCollaborators collaborators) {
		return new ClientConverters(collaborators, null);
	}

	@Bean
	static WebSocketListenerMethodProcessor resilientWebSocketListenerMethodProcessor(
			ObjectProvider<ClientConverters> converters, ObjectProvider<ClientConfigurations> configurations) {
		return new WebSocketListenerMethodProcessor((client) -> converters.getObject().find(client),
				(client) -> configurations.getObject().getSubscriptionPayload(client));
	}

	/**
	 * The beans that create clients: both exist, or neither does.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnMissingBean(value = ClientBuilderFactory.class, search = SearchStrategy.CURRENT)
	static class RuntimeConfiguration {

		@Bean(destroyMethod = "close")
		ClientRuntime resilientWebSocketClientRuntime(ResilientWebSocketProperties properties, Environment environment,
				ClientConfigurations checked) {
			return ClientRuntime.create(properties.listener().maxThreads(), Threading.VIRTUAL.isActive(environment),
					null);
		}

		@Bean
		ClientBuilderFactory resilientWebSocketClientBuilderFactory(ClientRuntime runtime,
				ClientCollaborators collaborators, ApplicationContext context) {
			return new ClientTransports(runtime, collaborators, context.getClassLoader());
		}

	}

	/**
	 * Payloads are converted by the JSON mapper of the application.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ JsonMapper.class, JacksonJsonMessageConverter.class })
	static class JsonConfiguration {

		@Bean
		@ConditionalOnSingleCandidate(JsonMapper.class)
		ClientConverters resilientWebSocketClientConverters(ClientCollaborators collaborators, JsonMapper mapper) {
			JacksonJsonMessageConverter converter = new JacksonJsonMessageConverter(mapper);
			converter.setSerializedPayloadClass(String.class);
			return new ClientConverters(collaborators, converter);
		}

	}

}
