package io.github.resilientws.publicapi;

import java.lang.reflect.AnnotatedArrayType;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.AnnotatedTypeVariable;
import java.lang.reflect.AnnotatedWildcardType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.GenericDeclaration;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Signatures as source code has them, with {@code @Nullable}, and the same on every JDK.
 * Types of the JDK are named without their package, and ours without the package that all
 * of them share.
 */
final class Signatures {

	private static final String OURS = "io.github.resilientws.";

	private static final int IMPLIED_BY_INTERFACES = Modifier.PUBLIC | Modifier.ABSTRACT;

	private Signatures() {
	}

	static boolean isOurs(Class<?> type) {
		return type.getName().startsWith(OURS);
	}

	static String of(Class<?> type) {
		boolean implied = type.isEnum() || type.isRecord() || type.isAnnotation();
		String supertype = (implied || type.getSuperclass() == null || type.getSuperclass() == Object.class) ? ""
				: " extends " + name(type.getAnnotatedSuperclass());
		String interfaces = type.isAnnotation() ? ""
				: list(type.getAnnotatedInterfaces(), type.isInterface() ? " extends " : " implements ", "");
		return (type.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "") + modifiers(type) + name(type)
				+ typeParameters(type) + supertype + interfaces;
	}

	static String of(Field field) {
		if (field.isEnumConstant()) {
			return "enum constant " + field.getName();
		}
		return modifiers(field.getModifiers()) + name(field.getAnnotatedType()) + " " + field.getName()
				+ constant(field);
	}

	static String of(Constructor<?> constructor) {
		return modifiers(constructor.getModifiers()) + typeParameters(constructor)
				+ constructor.getDeclaringClass().getSimpleName() + parameters(constructor);
	}

	static String of(Method method) {
		String value = (method.getDefaultValue() != null) ? " default " + value(method.getDefaultValue()) : "";
		int ignored = method.getDeclaringClass().isInterface() ? IMPLIED_BY_INTERFACES : 0;
		return (method.isDefault() ? "default " : "") + modifiers(method.getModifiers() & ~ignored)
				+ typeParameters(method) + name(method.getAnnotatedReturnType()) + " " + method.getName()
				+ parameters(method) + value;
	}

	/**
	 * Compilers copy constants into the classes that use them, so a value is API, too.
	 */
	private static String constant(Field field) {
		boolean copied = Modifier.isStatic(field.getModifiers()) && Modifier.isFinal(field.getModifiers())
				&& (field.getType().isPrimitive() || field.getType() == String.class);
		if (!copied) {
			return "";
		}
		try {
			field.setAccessible(true);
			return " = " + value(field.get(null));
		}
		catch (IllegalAccessException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String parameters(Executable executable) {
		AnnotatedType[] types = executable.getAnnotatedParameterTypes();
		String[] names = Stream.of(types).map(Signatures::name).toArray(String[]::new);
		if (executable.isVarArgs()) {
			names[names.length - 1] = names[names.length - 1].replaceFirst("\\[]$", "...");
		}
		return "(" + String.join(", ", names) + ")" + list(executable.getAnnotatedExceptionTypes(), " throws ", "");
	}

	private static String modifiers(Class<?> type) {
		if (type.isInterface()) {
			return modifiers(type.getModifiers() & ~(Modifier.INTERFACE | Modifier.ABSTRACT | Modifier.STATIC))
					+ (type.isSealed() ? "sealed " : "") + (type.isAnnotation() ? "@interface " : "interface ");
		}
		boolean implied = type.isEnum() || type.isRecord();
		int ignored = implied ? Modifier.FINAL | Modifier.STATIC | Modifier.ABSTRACT : 0;
		return modifiers(type.getModifiers() & ~ignored) + ((type.isSealed() && !implied) ? "sealed " : "")
				+ (type.isEnum() ? "enum " : type.isRecord() ? "record " : "class ");
	}

	private static String modifiers(int modifiers) {
		int shown = modifiers
				& (Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.ABSTRACT | Modifier.FINAL);
		return (shown != 0) ? Modifier.toString(shown) + " " : "";
	}

	private static String typeParameters(GenericDeclaration declaration) {
		List<String> names = Stream.of(declaration.getTypeParameters()).map(Signatures::typeParameter).toList();
		return names.isEmpty() ? ""
				: "<" + String.join(", ", names) + ">" + ((declaration instanceof Executable) ? " " : "");
	}

	private static String typeParameter(TypeVariable<?> variable) {
		String bounds = Stream.of(variable.getAnnotatedBounds())
			.map(Signatures::name)
			.filter((name) -> !"Object".equals(name))
			.collect(Collectors.joining(" & "));
		return variable.getName() + (bounds.isEmpty() ? "" : " extends " + bounds);
	}

	private static String name(AnnotatedType type) {
		if (type instanceof AnnotatedArrayType array) {
			String nullable = nullable(array);
			return name(array.getAnnotatedGenericComponentType()) + (nullable.isEmpty() ? "" : " " + nullable) + "[]";
		}
		if (type instanceof AnnotatedWildcardType wildcard) {
			String lower = list(wildcard.getAnnotatedLowerBounds(), "? super ", "");
			String upper = list(wildcard.getAnnotatedUpperBounds(), "? extends ", "");
			return !lower.isEmpty() ? lower : "? extends Object".equals(upper) ? "?" : upper;
		}
		if (type instanceof AnnotatedTypeVariable) {
			return nullable(type) + type.getType().getTypeName();
		}
		if (type instanceof AnnotatedParameterizedType parameterized) {
			Type raw = ((ParameterizedType) type.getType()).getRawType();
			return nullable(type) + name((Class<?>) raw)
					+ list(parameterized.getAnnotatedActualTypeArguments(), "<", ">");
		}
		return nullable(type) + name((Class<?>) type.getType());
	}

	private static String name(Class<?> type) {
		String name = type.getCanonicalName();
		if (type.isPrimitive() || !type.getPackageName().startsWith("java.")) {
			return isOurs(type) ? name.substring(OURS.length()) : name;
		}
		return name.substring(type.getPackageName().length() + 1);
	}

	private static String nullable(AnnotatedElement element) {
		return element.isAnnotationPresent(Nullable.class) ? "@Nullable " : "";
	}

	private static String list(AnnotatedType[] types, String before, String after) {
		return (types.length == 0) ? ""
				: Stream.of(types).map(Signatures::name).collect(Collectors.joining(", ", before, after));
	}

	private static String value(Object value) {
		if (value instanceof Object[] array) {
			return Arrays.stream(array).map(Signatures::value).collect(Collectors.joining(", ", "{", "}"));
		}
		if (value instanceof Class<?> type) {
			return name(type) + ".class";
		}
		return (value instanceof String) ? "\"" + value + "\"" : String.valueOf(value);
	}

}
