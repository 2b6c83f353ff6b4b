package io.github.resilientws.autoconfigure;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;

/**
 * Finds beans like an injection point: in parent contexts too, without beans that are not
 * autowire candidates, and chooses one of several by {@code @Primary}, {@code @Fallback}
 * and {@code @Priority}. If several remain, the bean of the nearest context wins.
 */
final class ContextBeans {

	private final DefaultListableBeanFactory beanFactory;

	ContextBeans(DefaultListableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	boolean isOwn(String name) {
		return this.beanFactory.containsLocalBean(name);
	}

	// names of the beans of only this context
	List<String> own(Class<?> type) {
		return Stream.of(this.beanFactory.getBeanNamesForType(type)).filter(this::isCandidate).toList();
	}

	// names of the beans of this context and its parents
	List<String> all(Class<?> type) {
		return Stream.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, type))
			.filter(this::isCandidate)
			.toList();
	}

	<T> List<T> inOrder(Class<T> type, Collection<String> names) {
		return names.stream()
			.map((name) -> Ordered.of(factory(name), name, type))
			.sorted(Comparator.comparingInt(Ordered::order))
			.map(Ordered::bean)
			.toList();
	}

	<T> T get(Class<T> type, String name) {
		return this.beanFactory.getBean(name, type);
	}

	// return the name of the bean to use, or null if it is ambiguous
	@Nullable String choose(Class<?> type, List<String> names) {
		if (names.size() == 1) {
			return names.get(0);
		}
		Map<String, Object> candidates = new LinkedHashMap<>();
		names.forEach((name) -> {
			Class<?> beanType = this.beanFactory.getType(name);
			candidates.put(name, (beanType != null) ? beanType : type);
		});
		String chosen = new InjectionRules(this.beanFactory).choose(candidates, type);
		if (chosen != null) {
			return chosen;
		}
		List<String> nearest = nearest(names);
		return (nearest.size() < names.size()) ? choose(type, nearest) : null;
	}

	private List<String> nearest(List<String> names) {
		for (BeanFactory factory = this.beanFactory; factory instanceof DefaultListableBeanFactory current; factory = current
			.getParentBeanFactory()) {
			List<String> here = names.stream().filter(current::containsLocalBean).toList();
			if (!here.isEmpty()) {
				return here;
			}
		}
		return names;
	}

	/**
	 * Return the factory that contains a bean: only that factory has its complete
	 * definition.
	 * @param name name of the bean
	 * @return the factory of this context or of a parent
	 */
	DefaultListableBeanFactory factory(String name) {
		DefaultListableBeanFactory factory = this.beanFactory;
		while (!factory.containsLocalBean(name)
				&& factory.getParentBeanFactory() instanceof DefaultListableBeanFactory parent) {
			factory = parent;
		}
		return factory;
	}

	@Nullable AbstractBeanDefinition definition(String name) {
		try {
			BeanDefinition definition = this.beanFactory.getMergedBeanDefinition(name);
			return (definition instanceof AbstractBeanDefinition merged) ? merged : null;
		}
		catch (NoSuchBeanDefinitionException ex) {
			// an object that was registered without a definition
			return null;
		}
	}

	private boolean isCandidate(String name) {
		AbstractBeanDefinition definition = definition(name);
		return definition == null || definition.isAutowireCandidate();
	}

	// return whether a bean is a candidate without a qualifier
	boolean isDefaultCandidate(String name) {
		AbstractBeanDefinition definition = definition(name);
		return definition == null || definition.isDefaultCandidate();
	}

	private record Ordered<T>(T bean, int order) {

		static <T> Ordered<T> of(DefaultListableBeanFactory factory, String name, Class<T> type) {
			T bean = factory.getBean(name, type);
			return new Ordered<>(bean, factory.getOrder(name, bean));
		}

	}

	/**
	 * Gives access to Spring's protected rules for choosing one of several candidates.
	 * Holds no beans, but gets them from the factory.
	 */
	private static final class InjectionRules extends DefaultListableBeanFactory {

		InjectionRules(DefaultListableBeanFactory beanFactory) {
			super(beanFactory);
			setDependencyComparator(beanFactory.getDependencyComparator());
		}

		@Nullable String choose(Map<String, Object> candidates, Class<?> type) {
			try {
				String primary = determinePrimaryCandidate(candidates, type);
				return (primary != null) ? primary : determineHighestPriorityCandidate(candidates, type);
			}
			catch (NoUniqueBeanDefinitionException ex) {
				return null;
			}
		}

	}

}
