package io.github.resilientws.listener;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.Order;
import org.springframework.util.ReflectionUtils;

import io.github.resilientws.ResilientWebSocketClient;
import io.github.resilientws.WebSocketListener;

/**
 * A listener method of a bean. The bean is fetched when a message for it arrives.
 */
class ListenerMethod {

	private final BeanFactory beanFactory;

	private final String beanName;

	private final Method method;

	private final WebSocketListener annotation;

	private final ListenerSignature signature;

	private final Method invocable;

	private volatile @Nullable Object singleton;

	ListenerMethod(BeanFactory beanFactory, String beanName, Class<?> beanClass, Method method,
			WebSocketListener annotation) {
		this.beanFactory = beanFactory;
		this.beanName = beanName;
		this.method = method;
		this.annotation = annotation;
		this.signature = ListenerSignature.of(method, beanClass);
		this.invocable = invocable(beanFactory.getType(beanName));
	}

	private Method invocable(@Nullable Class<?> type) {
		try {
			Method selected = AopUtils.selectInvocableMethod(this.method, type);
			ReflectionUtils.makeAccessible(selected);
			return selected;
		}
		catch (IllegalStateException ex) {
			throw new InvalidListenerException(this.signature.description() + " can't be called: " + ex.getMessage(),
					ex);
		}
	}

	WebSocketListener annotation() {
		return this.annotation;
	}

	ListenerSignature signature() {
		return this.signature;
	}

	List<String> destinations() {
		return Arrays.stream(this.annotation.subscribe()).map(this::destination).toList();
	}

	private String destination(String text) {
		String resolved = (this.beanFactory instanceof ConfigurableBeanFactory configurable)
				? resolve(configurable, text) : text;
		if (resolved == null || resolved.isBlank() || resolved.contains("${")) {
			throw new InvalidListenerException(this.signature.description() + ": subscribe = \"" + text
					+ "\" is empty, or holds a ${placeholder} that no property resolves");
		}
		return resolved;
	}

	private @Nullable String resolve(ConfigurableBeanFactory configurable, String text) {
		try {
			return configurable.resolveEmbeddedValue(text);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidListenerException(this.signature.description() + ": " + ex.getMessage(), ex);
		}
	}

	int order() {
		Order order = AnnotatedElementUtils.findMergedAnnotation(this.method, Order.class);
		return (order != null) ? order.value() : Ordered.LOWEST_PRECEDENCE;
	}

	@Nullable Object invoke(@Nullable Object payload, ResilientWebSocketClient client) throws Throwable {
		Object bean = bean();
		// the class of a lazy bean's proxy is unknown before the bean exists
		Method target = this.invocable.getDeclaringClass().isInstance(bean) ? this.invocable
				: invocable(bean.getClass());
		try {
			return target.invoke(bean, this.signature.arguments(payload, client));
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private Object bean() {
		Object bean = this.singleton;
		if (bean == null) {
			bean = this.beanFactory.getBean(this.beanName);
			if (this.beanFactory.isSingleton(this.beanName)) {
				this.singleton = bean;
			}
		}
		return bean;
	}

}
