package io.github.resilientws.publicapi;

import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The public and protected types and members of a folder of classes, as text: a line per
 * type and an indented line per member, both sorted by name. Packages {@code internal},
 * and {@code config} of the auto-configuration, are left out.
 */
final class PublicApi {

	private static final Set<String> OF_EVERY_OBJECT = Set.of("equals", "hashCode", "toString");

	private final Path classes;

	PublicApi(Path classes) {
		this.classes = classes;
	}

	String render() throws IOException {
		try (Stream<Path> files = Files.walk(this.classes)) {
			return files.map(this.classes::relativize)
				.map((file) -> file.toString().replace('\\', '/'))
				.filter((file) -> file.endsWith(".class") && !file.endsWith("-info.class"))
				.map((file) -> file.substring(0, file.length() - ".class".length()).replace('/', '.'))
				.filter((name) -> !name.contains(".internal.") && !name.contains(".autoconfigure.config."))
				.map(this::load)
				.filter(PublicApi::isVisible)
				.sorted(Comparator.comparing(Class::getCanonicalName))
				.map(PublicApi::render)
				.collect(Collectors.joining("\n"));
		}
	}

	private Class<?> load(String name) {
		try {
			return Class.forName(name, false, getClass().getClassLoader());
		}
		catch (ClassNotFoundException ex) {
			throw new IllegalStateException("Not on the class path: " + name, ex);
		}
	}

	private static String render(Class<?> type) {
		SortedMap<String, String> members = new TreeMap<>();
		addMembers(type, type, members);
		return Stream.concat(Stream.of(Signatures.of(type)), members.values().stream().map("\t"::concat))
			.map((line) -> line + "\n")
			.collect(Collectors.joining());
	}

	/**
	 * Members of supertypes that a user cannot see are members of the visible type.
	 */
	private static void addMembers(Class<?> type, Class<?> visible, SortedMap<String, String> members) {
		Stream.of(type.getDeclaredFields())
			.filter((field) -> isVisible(field, visible))
			.forEach((field) -> add("1", field, Signatures.of(field), members));
		Stream.of((type == visible) ? type.getDeclaredConstructors() : new Constructor<?>[0])
			.filter((constructor) -> isVisible(constructor, visible))
			.forEach((constructor) -> add("2", constructor, Signatures.of(constructor), members));
		Stream.of(type.getDeclaredMethods())
			.filter((method) -> isVisible(method, visible) && !isImplied(method))
			.forEach((method) -> add("3", method, Signatures.of(method), members));
		supertypes(type).filter((supertype) -> !isVisible(supertype) && Signatures.isOurs(supertype))
			.forEach((supertype) -> addMembers(supertype, visible, members));
	}

	private static Stream<Class<?>> supertypes(Class<?> type) {
		List<Class<?>> interfaces = List.of(type.getInterfaces());
		return (type.getSuperclass() != null) ? Stream.concat(Stream.of(type.getSuperclass()), interfaces.stream())
				: interfaces.stream();
	}

	private static boolean isVisible(Class<?> type) {
		if (type.isAnonymousClass() || type.isLocalClass() || type.isSynthetic()) {
			return false;
		}
		Class<?> outer = type.getDeclaringClass();
		return isVisible(type.getModifiers(), outer) && (outer == null || isVisible(outer));
	}

	private static boolean isVisible(Member member, Class<?> type) {
		return !member.isSynthetic() && isVisible(member.getModifiers(), type);
	}

	private static boolean isVisible(int modifiers, Class<?> outer) {
		return Modifier.isPublic(modifiers)
				|| (Modifier.isProtected(modifiers) && outer != null && !Modifier.isFinal(outer.getModifiers()));
	}

	private static boolean isImplied(Method method) {
		return OF_EVERY_OBJECT.contains(method.getName()) || (method.getDeclaringClass().isEnum()
				&& ("values".equals(method.getName()) || "valueOf".equals(method.getName())));
	}

	private static <M extends AccessibleObject & Member> void add(String kind, M member, String signature,
			SortedMap<String, String> members) {
		String deprecated = member.isAnnotationPresent(Deprecated.class) ? "@Deprecated " : "";
		members.put(kind + member.getName() + " " + signature, deprecated + signature);
	}

}
