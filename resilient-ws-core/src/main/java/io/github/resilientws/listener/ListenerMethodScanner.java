package io.github.resilientws.listener;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.autoproxy.AutoProxyUtils;
import org.springframework.aop.scope.ScopedObject;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.MethodIntrospector.MetadataLookup;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.annotation.AnnotationUtils;

import io.github.resilientws.WebSocketListener;

/**
 * Finds the listener methods of all beans by their type, as Spring does for
 * {@code @EventListener}. It does not create lazy beans.
 */
class ListenerMethodScanner {

	private static final Log logger = LogFactory.getLog(ListenerMethodScanner.class);

	private static final MetadataLookup<WebSocketListener> LOOKUP = (method) -> AnnotatedElementUtils
		.findMergedAnnotation(method, WebSocketListener.class);

	private final ConfigurableListableBeanFactory beanFactory;

	private final DeclarationOrder declarationOrder;

	ListenerMethodScanner(ConfigurableListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
		this.declarationOrder = new DeclarationOrder(beanFactory.getBeanClassLoader());
	}

	List<ListenerMethod> scan() {
		List<ListenerMethod> methods = new ArrayList<>();
		// many beans have the same type, such as the clients
		Map<Class<?>, Map<Method, WebSocketListener>> annotatedByType = new HashMap<>();
		for (String beanName : this.beanFactory.getBeanNamesForType(Object.class)) {
			Class<?> type = ScopedProxyUtils.isScopedTarget(beanName) ? null : beanClass(beanName);
			if (type != null && AnnotationUtils.isCandidateClass(type, WebSocketListener.class)) {
				Map<Method, WebSocketListener> annotated = annotatedByType.computeIfAbsent(type,
						(searched) -> annotatedMethods(beanName, searched));
				for (Method method : this.declarationOrder.sort(annotated.keySet())) {
					WebSocketListener annotation = annotated.get(method);
					if (annotation != null) {
						methods.add(new ListenerMethod(this.beanFactory, beanName, type, method, annotation));
					}
				}
			}
		}
		methods.sort(Comparator.comparingInt(ListenerMethod::order));
		return methods;
	}

	private @Nullable Class<?> beanClass(String beanName) {
		Class<?> type = targetClass(beanName);
		if (type != null && ScopedObject.class.isAssignableFrom(type)) {
			Class<?> scoped = targetClass(ScopedProxyUtils.getTargetBeanName(beanName));
			return (scoped != null) ? scoped : type;
		}
		return type;
	}

	private @Nullable Class<?> targetClass(String beanName) {
		try {
			return AutoProxyUtils.determineTargetClass(this.beanFactory, beanName);
		}
		catch (RuntimeException | LinkageError ex) {
			logger.debug("Bean '" + beanName + "' is not searched for listener methods: its class is unknown", ex);
			return null;
		}
	}

	private Map<Method, WebSocketListener> annotatedMethods(String beanName, Class<?> type) {
		try {
			return MethodIntrospector.selectMethods(type, LOOKUP);
		}
		catch (IllegalStateException | TypeNotPresentException | LinkageError ex) {
			logger.debug("Bean '" + beanName + "' is not searched for listener methods: a type is missing", ex);
			return Map.of();
		}
	}

}
