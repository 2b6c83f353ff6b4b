package io.github.resilientws.autoconfigure;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.HierarchicalBeanFactory;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketClientName;
import io.github.resilientws.autoconfigure.config.ClientNames;
import io.github.resilientws.autoconfigure.config.InvalidConfigurationException;

/**
 * Registers one bean per configured client, unless the user declares a bean of its name.
 */
class ResilientWebSocketClientsRegistrar implements ImportBeanDefinitionRegistrar {

	private final Environment environment;

	ResilientWebSocketClientsRegistrar(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
		BeanFactory parent = (registry instanceof HierarchicalBeanFactory factory) ? factory.getParentBeanFactory()
				: null;
		for (String name : new ClientNames(this.environment, parent).find()) {
			String beanName = ClientNames.beanName(name);
			if (registry.isBeanNameInUse(beanName)) {
				checkType(name, beanName, registry);
				qualify(name, beanName, registry);
			}
			else {
				registry.registerBeanDefinition(beanName, definition(name));
			}
		}
	}

	private static BeanDefinition definition(String name) {
		RootBeanDefinition definition = new RootBeanDefinition();
		definition.setTargetType(ResilientWebSocketClient.class);
		definition.setFactoryBeanName(ResilientWebSocketClientFactory.BEAN_NAME);
		definition.setFactoryMethodName("create");
		definition.getConstructorArgumentValues().addIndexedArgumentValue(0, name);
		definition.addQualifier(new AutowireCandidateQualifier(WebSocketClientName.class, name));
		return definition;
	}

	// so that the user's bean replaces the registered one
	private static void qualify(String name, String beanName, BeanDefinitionRegistry registry) {
		if (registry.containsBeanDefinition(beanName)
				&& registry.getBeanDefinition(beanName) instanceof AbstractBeanDefinition definition
				&& !definition.hasQualifier(WebSocketClientName.class.getName())) {
			definition.addQualifier(new AutowireCandidateQualifier(WebSocketClientName.class, name));
		}
	}

	private static void checkType(String name, String beanName, BeanDefinitionRegistry registry) {
		if (registry instanceof ConfigurableListableBeanFactory beanFactory) {
			Class<?> type = beanFactory.getType(beanName, false);
			if (type != null && !ResilientWebSocketClient.class.isAssignableFrom(type)) {
				throw new InvalidConfigurationException("The bean '" + beanName + "' has the bean name of the client '"
						+ name + "' of 'resilient-ws.clients." + name + "', but is of type " + type.getName()
						+ " and not a ResilientWebSocketClient", "Rename the bean, or rename the client.");
			}
		}
	}

}
