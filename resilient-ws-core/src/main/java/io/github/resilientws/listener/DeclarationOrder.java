package io.github.resilientws.listener;

import java.io.IOException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.core.type.MethodMetadata;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * Sorts methods in the order of their source. The class file keeps that order; reflection
 * does not.
 */
class DeclarationOrder {

	private final MetadataReaderFactory readers;

	DeclarationOrder(@Nullable ClassLoader classLoader) {
		this.readers = MetadataReaderFactory.create(classLoader);
	}

	List<Method> sort(Collection<Method> methods) {
		if (methods.size() < 2) {
			return List.copyOf(methods);
		}
		Map<Class<?>, List<Method>> byClass = new LinkedHashMap<>();
		for (Method method : methods) {
			byClass.computeIfAbsent(method.getDeclaringClass(), (type) -> new ArrayList<>()).add(method);
		}
		List<Method> sorted = new ArrayList<>();
		byClass.forEach((type, declared) -> {
			List<String> names = methodNames(type);
			declared.sort(Comparator.comparingInt((method) -> names.indexOf(method.getName())));
			sorted.addAll(declared);
		});
		return sorted;
	}

	private List<String> methodNames(Class<?> type) {
		try {
			return this.readers.getMetadataReader(type.getName())
				.getAnnotationMetadata()
				.getDeclaredMethods()
				.stream()
				.map(MethodMetadata::getMethodName)
				.toList();
		}
		catch (IOException ex) {
			// a class that was generated at run time has no class file: keep the order of
			// reflection
			return List.of();
		}
	}

}
